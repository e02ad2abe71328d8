import DuikouPlugin
import DuikouReading
import DuikouText

/// What others have found in the cells of a document.
struct LedgerContext {
  let document: NormalDocument
  /// By where they begin.
  private let mentions: [EntityMention]
  private let levels: [UInt32: UInt32]
  private let figures: OffsetSet
  private let published: CalendarDay?

  init(_ document: NormalDocument) {
    self.document = document
    mentions = document.mentions().filter { $0.isA(dk_place.self) || $0.isA(dk_agency.self) }
    levels = Dictionary(
      document.document.rows(dk_place.self).map { ($0.reference.row, $0.row.level) }
    ) { first, _ in first }
    figures = OffsetSet(
      document.placed(dk_figure.self).lazy.filter { $0.row.unit.len > 0 }.map(\.range),
      count: document.text.count)
    let row = document.document.row
    published = row.states(5) ? CalendarDay(days: row.published) : nil
  }

  func text(of cell: TableCell) -> String { document.text.string(cell.range) }

  /// What a cell says; where that has more than `longest` bytes, its whole characters within them, and ….
  func text(of cell: TableCell, atMost longest: Int) -> String {
    guard cell.range.count > longest else { return text(of: cell) }
    let start = cell.range.lowerBound
    var end = start + longest - "…".utf8.count
    while end > start, document.text.bytes[end] & 0xc0 == 0x80 { end -= 1 }
    return document.text.string(start..<end) + "…"
  }

  /// Whether somebody has found a figure with a unit there.
  func hasFigure(in range: Range<Int>) -> Bool { figures.overlaps(range) }

  /// The lowest of the divisions that cells name, of several the last: 赤峰市敖汉旗 is 敖汉旗.
  func place(in cells: some Sequence<TableCell>) -> dk_ref? {
    var found: (place: dk_ref, level: UInt32)?
    for mention in cells.lazy.flatMap({ mentions.beginning(in: $0.range) })
    where mention.isA(dk_place.self) {
      let level = levels[mention.entity.row] ?? 0
      if found.map({ $0.level <= level }) ?? true { found = (mention.entity, level) }
    }
    return found?.place
  }

  /// The first agency that cells name, or else a division.
  func party(in cells: some Sequence<TableCell>) -> dk_ref? {
    let agency = cells.lazy.flatMap { mentions.beginning(in: $0.range) }.first {
      $0.isA(dk_agency.self)
    }
    return agency?.entity ?? place(in: cells)
  }

  /// The last day that a cell names, in days, and whether all of it is written; `year` is that of days without one.
  func lastDay(in cell: TableCell, year: Int?) -> (days: Int32, isStated: Bool)? {
    if let day = NumericDate.last(in: text(of: cell)) { return (day.days, true) }
    let end = year.flatMap { CalendarDay(year: $0, month: 12, day: 31) }
    let dates = ChineseDate.all(
      in: document.text, range: cell.range, published: end ?? published, isYearOnly: end != nil)
    guard let date = dates.last(where: \.isResolved), let day = date.last ?? date.first else {
      return nil
    }
    return (day.days, date.basis == .stated)
  }

  /// The year that a title names.
  func year(in range: Range<Int>) -> Int? {
    ChineseDate.all(in: document.text, range: range, published: nil)
      .first { $0.basis == .stated }.flatMap { ($0.last ?? $0.first)?.year }
  }
}
