/// A date or a period as a text states it.
///
/// Read are 2018年7月4日, 二〇一八年七月四日, 2018-07-04, 2018/7/4, 2018.7.4, 04.07.2018; dates without a
/// year, a month or both; 今年, 去年, 本月, 今天, 同年, 当天; 上半年, 第三季度, 前五个月, 年初, 年底, 上旬; “十三五”期间
/// and 党的十八大以来 (`eras.tsv`); 20世纪90年代; 近三年, 今后五年, 30年前; ranges of these; 以来, 起, 至今, 以前
/// and 截至. Weekdays and times of the day are passed over. Not read are dates of other calendars, holidays
/// and what names no number (近年来).
///
/// ```swift
/// for date in ChineseDate.all(in: text, published: CalendarDay(days: document.row.published)) {
///   if let first = date.first { row.start = first.days }
///   if let last = date.last { row.end = last.days }
/// }
/// ```
public struct ChineseDate: Equatable, Sendable {
  /// How exactly the ends of a date are stated.
  public enum Precision: UInt32, Sendable {
    case day = 1
    case month = 2
    case quarter = 3
    case half = 4
    case year = 5
    /// A plan's years, a decade, 近三年; or a part of a year or month, such as 上旬.
    case period = 6
  }

  /// Where what is not written comes from.
  public enum Basis: UInt32, Sendable {
    /// All is written.
    case stated = 1
    /// From the day of publication.
    case publication = 2
    /// From a date before it in the text.
    case neighbour = 3
    /// It is missing; there is neither a first nor a last day.
    case unresolved = 4
  }

  /// The first day; nil where the beginning is open (截至, 以前) or the date is unresolved.
  public var first: CalendarDay?
  /// The last day, inclusive; nil where the end is open (以来, 起) or the date is unresolved.
  public var last: CalendarDay?
  public var precision: Precision
  public var basis: Basis
  /// Whether the beginning is left open.
  public var isOpenStart: Bool
  /// Whether the end is left open.
  public var isOpenEnd: Bool
  /// Bytes, with 截至 before it and 以来 behind it.
  public var range: Range<Int>

  /// Whether there are days.
  public var isResolved: Bool { basis != .unresolved }

  /// `StatementFlags.inferred` where not all is written.
  public var flags: StatementFlags { basis == .stated ? [] : .inferred }

  /// The date that begins at `offset`. `context` is taken for what is not written.
  public static func read(
    in text: SourceText, at offset: Int, context: DateContext = DateContext()
  ) -> ChineseDate? {
    DateReader(text).date(at: offset, context: context)
  }

  /// The dates of a part of the text, in order. What is not written comes from the last full date of
  /// the same paragraph, else from the day of publication, else from an earlier paragraph. With
  /// `isYearOnly` nothing but the year of that day is known; with `isNotice` a date without a year is the one
  /// next to that day, before or behind it.
  public static func all(
    in text: SourceText, range: Range<Int>? = nil, published: CalendarDay? = nil,
    isYearOnly: Bool = false, isNotice: Bool = false
  ) -> [ChineseDate] {
    DateReader(text).dates(
      in: range ?? text.range, published: published, isYearOnly: isYearOnly, isNotice: isNotice)
  }
}
