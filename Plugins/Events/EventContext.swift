import DuikouPlugin
import DuikouReading
import DuikouText

/// What stands in a document that events are made of, by its place.
struct EventContext {
  let document: NormalDocument
  let text: SourceText
  let mentions: [EntityMention]
  let dates: [PlacedRow<dk_date>]
  /// The full names of the document's divisions.
  let placeNames: [(name: String, reference: dk_ref)]
  /// Groups of agencies, which have no mentions.
  let groups: [EntityMention]

  init(_ document: NormalDocument) {
    self.document = document
    text = document.text
    mentions = document.mentions()
    dates = document.placed()
    placeNames = document.document.rows(dk_place.self).compactMap { place in
      document.call.image.string(place.row.name).map { ($0, place.reference) }
    }
    groups = document.placed(dk_agency.self).compactMap { agency in
      agency.row.row.flags & UInt32(DK_GENERIC) == 0
        ? nil : EntityMention(range: agency.range, entity: agency.reference, flags: Int(DK_GENERIC))
    }
  }

  /// The mentions of a type that begin in a part of the text, in order; of one entity the first.
  func entities<R: RowType>(_ type: R.Type, in range: Range<Int>) -> [EntityMention] {
    var seen: Set<UInt32> = []
    return mentions.beginning(in: range).filter {
      $0.isA(type) && seen.insert($0.entity.row).inserted
    }
  }

  /// The first day that is named in a part of the text.
  func date(in range: Range<Int>) -> dk_date? {
    dates.beginning(in: range).first {
      $0.row.states(1) && $0.row.precision <= UInt32(DK_PRECISION_MONTH)
    }?.row
  }

  /// The sentence around a range.
  func sentence(around range: Range<Int>) -> Range<Int> {
    let start = text.sentenceStart(of: range.lowerBound)
    let end = text.firstSentence(in: range.upperBound..<text.count)
    // The range may end its sentence.
    let isEnd = CharacterClass(text.scalar(at: range.upperBound).value) == .sentenceEnd
    return start..<(isEnd ? range.upperBound : end?.upperBound ?? text.count)
  }
}
