/// A day of the Gregorian calendar, as days since 1970-01-01.
public struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Negative before 1970.
  public let days: Int32

  public init(days: Int32) {
    self.days = days
  }

  /// Nil where there is no such day, or the year is not 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    // Days from civil, with years that begin in March (Howard Hinnant, chrono-Compatible Low-Level
    // Date Algorithms).
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    days = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// The last day of a month.
  public init?(lastOfMonth month: Int, year: Int) {
    guard 1...12 ~= month, 1...9999 ~= year else { return nil }
    self.init(year: year, month: month, day: Self.length(ofMonth: month, year: year))
  }

  public var year: Int { parts.year }
  public var month: Int { parts.month }
  public var day: Int { parts.day }

  /// This day and a number of days more or less; the nearest one that can be held.
  public func adding(days count: Int) -> CalendarDay {
    CalendarDay(days: Int32(clamping: Int(days) + min(max(count, -1 << 33), 1 << 33)))
  }

  /// The same day some months later or earlier, or the last day of that month if it is shorter.
  public func adding(months count: Int) -> CalendarDay? {
    let parts = parts
    guard -120_000...120_000 ~= count else { return nil }
    let index = parts.year * 12 + parts.month - 1 + count
    guard index >= 12 else { return nil }
    let (year, month) = (index / 12, index % 12 + 1)
    guard year <= 9999 else { return nil }
    let day = min(parts.day, Self.length(ofMonth: month, year: year))
    return CalendarDay(year: year, month: month, day: day)
  }

  /// ISO 8601.
  public var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let parts = parts
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
  }

  public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.days < right.days }

  /// Days of a month from 1 to 12.
  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private var parts: (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
