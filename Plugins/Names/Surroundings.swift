import DuikouPlugin
import DuikouReading
import DuikouText

/// What others have found around the projects of a document, looked up once.
struct Surroundings {
  let document: NormalDocument
  let places: [EntityMention]
  let figures: [PlacedRow<dk_figure>]
  let agencies: RangeIndex
  /// The cells of tables.
  let cells: RangeIndex
  let nameStart: NameStart

  init(_ document: NormalDocument, starts: Lexicon) {
    self.document = document
    let mentions = document.mentions()
    places = mentions.filter { $0.isA(dk_place.self) }
    figures = document.placed()
    agencies = RangeIndex(
      mentions.lazy.filter { $0.isA(dk_agency.self) }.map(\.range), count: document.text.count)
    cells = RangeIndex(
      document.placed(dk_piece.self).lazy.filter { $0.row.kind == UInt32(DK_PIECE_CELL) }
        .map(\.range), count: document.text.count)
    nameStart = NameStart(document, starts: starts)
  }
}
