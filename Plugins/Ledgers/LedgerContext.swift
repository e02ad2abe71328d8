import DuikouPlugin
import DuikouReading
import DuikouText

/// What others have found in the cells of a document.
struct LedgerContext {
  let document: NormalDocument
  /// By where they begin.
  private let mentions: [EntityMention]
  private let figures: RangeIndex
  private let published: CalendarDay?

  init(_ document: NormalDocument) {
    self.document = document
    mentions = document.mentions()
    var figures = RangeIndex(count: document.text.count)
    for figure in document.placed(dk_figure.self) { figures.insert(figure.range) }
    self.figures = figures
    let row = document.document.row
    published = row.states(5) ? CalendarDay(days: row.published) : nil
  }

  func hasFigure(in range: Range<Int>) -> Bool { figures.overlaps(range) }

  /// The last division that a cell names: 赤峰市敖汉旗 is 敖汉旗.
  func place(in range: Range<Int>) -> dk_ref? {
    mentions(in: range).last { $0.isA(dk_place.self) }?.entity
  }

  /// The first agency that a cell names, or else the last division.
  func party(in range: Range<Int>) -> dk_ref? {
    mentions(in: range).first { $0.isA(dk_agency.self) }?.entity ?? place(in: range)
  }

  /// The last day that a cell names, in days.
  func lastDay(in range: Range<Int>) -> Int32? {
    ChineseDate.all(in: document.text, range: range, published: published)
      .last { $0.isResolved }.flatMap { ($0.last ?? $0.first)?.days }
  }

  private func mentions(in range: Range<Int>) -> ArraySlice<EntityMention> {
    var low = 0
    var high = mentions.count
    while low < high {
      let middle = (low + high) / 2
      if mentions[middle].range.lowerBound < range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let rest = mentions[low...]
    return rest.prefix { $0.range.lowerBound < range.upperBound }
  }
}
