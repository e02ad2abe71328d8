import DuikouText

/// A day or month that is all in numbers: 2019-12, 2019/6/30, 2019.06.
enum NumericDate {
  /// The day, or the month's last; nil for anything else.
  static func last(in text: String) -> CalendarDay? {
    guard text.utf8.count <= 20 else { return nil }
    let day = text.prefix { !$0.isWhitespace }
    let numbers = day.split(omittingEmptySubsequences: false) { "-/.".contains($0) }.map { Int($0) }
    guard 2...3 ~= numbers.count, let year = numbers[0], 1900...2199 ~= year,
      let month = numbers[1]
    else { return nil }
    guard numbers.count == 3 else { return CalendarDay(lastOfMonth: month, year: year) }
    return numbers[2].flatMap { CalendarDay(year: year, month: month, day: $0) }
  }
}
