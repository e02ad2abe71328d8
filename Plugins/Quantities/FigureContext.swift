import DuikouPlugin
import DuikouReading
import DuikouText

/// What a document names around its figures.
struct FigureContext {
  /// What a sentence names in front of a figure.
  struct Front {
    /// The place or agency that is named last.
    let owner: EntityMention?
    let date: PlacedRow<dk_date>?

    /// Where the last of them ends.
    var end: Int { max(owner?.range.upperBound ?? 0, date?.range.upperBound ?? 0) }
  }

  private let document: NormalDocument
  /// Places and agencies.
  private let owners: [EntityMention]
  private let dates: [PlacedRow<dk_date>]

  /// How many mentions may begin within one another.
  private static let nearest = 8

  init(_ document: NormalDocument) {
    self.document = document
    owners = document.mentions().filter { $0.isA(dk_place.self) || $0.isA(dk_agency.self) }
    dates = document.placed(dk_date.self)
  }

  /// What the sentence names in front of `offset`.
  func front(of offset: Int) -> Front {
    let sentences = document.sentences
    let next = sentences.partitioningIndex { $0.lowerBound > offset }
    guard next > 0 else { return Front(owner: nil, date: nil) }
    let before = sentences[next - 1].lowerBound..<offset
    // Of those that end at one place the longest: 敖汉旗文化和旅游局 and not 敖汉旗.
    let owner = owners.beginning(in: before).suffix(Self.nearest)
      .filter { $0.range.upperBound <= offset }
      .max {
        ($0.range.upperBound, $0.range.count) < ($1.range.upperBound, $1.range.count)
      }
    let date = dates.beginning(in: before).last { $0.range.upperBound <= offset }
    return Front(owner: owner, date: date)
  }

  /// Where the first place or agency begins that is named in a part of the text; its end where none is.
  func firstOwner(in part: Range<Int>) -> Int {
    owners.beginning(in: part).first?.range.lowerBound ?? part.upperBound
  }
}
