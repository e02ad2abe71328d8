import DuikouPlugin
import DuikouReading
import DuikouText

/// What others have found around the projects of a document, looked up once.
struct Surroundings {
  let document: NormalDocument
  let places: [EntityMention]
  /// Amounts in 元.
  let money: [PlacedRow<dk_figure>]
  let agencies: OffsetSet
  /// The cells of tables.
  let cells: OffsetSet
  let nameStart: NameStart

  init(_ document: NormalDocument, starts: Lexicon) {
    self.document = document
    let mentions = document.mentions()
    places = mentions.filter { $0.isA(dk_place.self) }
    money = document.placed(dk_figure.self).filter {
      document.call.image.string($0.row.unit) == "元"
    }
    agencies = OffsetSet(
      mentions.lazy.filter { $0.isA(dk_agency.self) }.map(\.range), count: document.text.count)
    cells = OffsetSet(
      document.placed(dk_piece.self).lazy.filter { $0.row.kind == UInt32(DK_PIECE_CELL) }
        .map(\.range), count: document.text.count)
    nameStart = NameStart(document, starts: starts)
  }

  /// The sentence in which a range begins.
  func sentence(around range: Range<Int>) -> Range<Int> {
    let sentences = document.sentences
    let next = sentences.partitioningIndex { $0.lowerBound > range.lowerBound }
    return next > 0 ? sentences[next - 1] : range
  }

  /// Whether a sign parts what stands before a range from what stands behind it.
  func isParted(_ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound {
      let scalar = document.text.scalar(at: at)
      if [.sentenceEnd, .clauseEnd, .listMark].contains(CharacterClass(scalar.value)) {
        return true
      }
      at += max(scalar.width, 1)
    }
    return false
  }
}
