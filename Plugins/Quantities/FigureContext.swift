import DuikouPlugin
import DuikouReading
import DuikouText

/// What a document names in front of its figures.
struct FigureContext {
  private let document: NormalDocument
  /// Places and agencies.
  private let owners: [EntityMention]
  private let dates: [PlacedRow<dk_date>]

  init(_ document: NormalDocument) {
    self.document = document
    owners = document.mentions().filter { $0.isA(dk_place.self) || $0.isA(dk_agency.self) }
    dates = document.placed(dk_date.self)
  }

  /// Whose the figure is that begins at `offset`: what is named last before it, in its sentence.
  func scope(before offset: Int) -> dk_ref? {
    owner(before: offset)?.entity
  }

  /// The date that is named last before `offset`, in its sentence.
  func date(before offset: Int) -> dk_ref? {
    dates.beginning(in: sentence(before: offset)).last { $0.range.upperBound <= offset }?.reference
  }

  /// Of those that end at one place the longest: 敖汉旗文化和旅游局 and not 旅游局.
  private func owner(before offset: Int) -> EntityMention? {
    owners.beginning(in: sentence(before: offset)).suffix(Self.nearest)
      .filter { $0.range.upperBound <= offset }
      .max {
        ($0.range.upperBound, $0.range.count) < ($1.range.upperBound, $1.range.count)
      }
  }

  /// How many mentions may begin within one another.
  private static let nearest = 8

  /// What stands in front of `offset` in its sentence.
  /// The part around a figure in which what it counts may stand: as far as the nearest of what is named.
  func free(around range: Range<Int>, in part: Range<Int>) -> Range<Int> {
    let before = sentence(before: range.lowerBound)
    let date = dates.beginning(in: before).last { $0.range.upperBound <= range.lowerBound }
    let start = max(
      part.lowerBound, owner(before: range.lowerBound)?.range.upperBound ?? 0,
      date?.range.upperBound ?? 0)
    let next = owners.beginning(in: range.upperBound..<part.upperBound).first
    return start..<min(part.upperBound, next?.range.lowerBound ?? part.upperBound)
  }

  private func sentence(before offset: Int) -> Range<Int> {
    let sentences = document.sentences
    let next = sentences.partitioningIndex { $0.lowerBound > offset }
    return next > 0 ? sentences[next - 1].lowerBound..<offset : offset..<offset
  }
}
