/// The day on which a text was published, as the text itself says it.
///
/// Read are the lines that pages put between headline and text (发布时间:2022-08-05 来源:…, 2019年06月19日14:57 |
/// 来源:…), 2019年10月17日讯 before the first sentence, and the date alone on the last line of a notice. Where there is
/// neither, a year may be guessed: see `guessedYear`.
public struct PublicationDate: Equatable, Sendable {
  /// Where a day of publication comes from.
  public enum Basis: Sendable {
    /// A line of the page.
    case dateline
    /// The last line of a notice.
    case signature
    /// Only the year is known, and guessed; the day is its last.
    case guessedYear
  }

  public let day: CalendarDay
  public let basis: Basis
  /// The lines of the page that say when it came out, in bytes; none for a guess.
  public let lines: [Range<Int>]

  /// Bytes of the longest line that is looked at, and how many lines at either end.
  private static let longestLine = 240
  private static let mostLines = (first: 30, last: 4)

  /// Finds it in a text. `text` is best in normal form.
  public init?(in text: SourceText) {
    let lines = Self.lines(of: text)
    let reader = DateReader(text)
    let datelines = lines.prefix(Self.mostLines.first).compactMap { line in
      line.count > Self.longestLine
        ? nil : Self.day(ofDateline: line, in: text, reader).map { (day: $0, line: line) }
    }
    if let first = datelines.first {
      self.init(
        first.day, .dateline, datelines.map(\.line).filter { !Self.isAppointment($0, in: text) })
      return
    }
    if let day = Self.dayOfReport(in: text, lines.prefix(Self.mostLines.first), reader) {
      self.init(day, .dateline, [])
      return
    }
    for line in lines.suffix(Self.mostLines.last).reversed() {
      let dates = line.count <= 60 ? reader.dates(in: line, published: nil) : []
      if let date = dates.first, dates.count == 1, Self.isFull(date),
        date.range.count >= line.count - 2,
        let day = date.first
      {
        self.init(day, .signature, [line])
        return
      }
    }
    guard let year = Self.guessedYear(in: text, reader),
      let day = CalendarDay(year: year, month: 12, day: 31)
    else { return nil }
    self.init(day, .guessedYear, [])
  }

  private init(_ day: CalendarDay, _ basis: Basis, _ lines: [Range<Int>]) {
    (self.day, self.basis, self.lines) = (day, basis, lines)
  }

  private static func lines(of text: SourceText) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for at in 0...text.count where at == text.count || text.bytes[at] == 0x0a {
      if at - start > 1 { lines.append(start..<at) }
      start = at + 1
    }
    return lines
  }

  private static func isFull(_ date: ChineseDate) -> Bool {
    date.precision == .day && date.basis == .stated && date.first == date.last
  }

  /// The day of a line that is no sentence and says when the page came out.
  private static func day(
    ofDateline line: Range<Int>, in text: SourceText, _ reader: DateReader
  ) -> CalendarDay? {
    guard text.occurrences(of: "。", in: line) == 0,
      let date = reader.dates(in: line, published: nil).first(where: isFull)
    else { return nil }
    let isMarked = marks.contains { text.occurrences(of: $0, in: line) > 0 }
    let isTimed = hasTime(behind: date.range.upperBound, in: text)
    return isMarked || isTimed ? date.first : nil
  }

  /// Whether a line tells when something takes place, and not when the page came out: 时间：2024年11月8日上午.
  private static func isAppointment(_ line: Range<Int>, in text: SourceText) -> Bool {
    text.width(ofAny: ["时间", "會議時間", "会议时间", "活动时间"], at: line.lowerBound) > 0
      && text.occurrences(of: "年", in: line) > 0
      && marks.allSatisfy { ["时间", "時間"].contains($0) || text.occurrences(of: $0, in: line) == 0 }
  }

  /// The day before 讯 or 电 with which a line begins: 内蒙古日报2019年10月17日讯.
  private static func dayOfReport(
    in text: SourceText, _ lines: ArraySlice<Range<Int>>, _ reader: DateReader
  ) -> CalendarDay? {
    for line in lines {
      let start = line.lowerBound..<min(line.upperBound, line.lowerBound + longestReport)
      let date = reader.dates(in: start, published: nil).first(where: isFull)
      if let date, text.width(ofAny: ["讯", "电", "訊", "電"], at: date.range.upperBound) > 0 {
        return date.first
      }
    }
    return nil
  }

  /// Bytes from the beginning of a line to the end of such a date.
  private static let longestReport = 90

  private static let marks = [
    "来源", "發布", "发布", "日期", "时间", "時間", "作者", "责编", "责任编辑", "查看", "浏览", "点击", "编辑", "來源", "阅读",
  ]

  /// Whether a time such as 14:57 follows.
  private static func hasTime(behind offset: Int, in text: SourceText) -> Bool {
    var at = text.skippingBlanks(from: offset)
    var digits = 0
    while CharacterClass(text.scalar(at: at).value) == .digit {
      digits += 1
      at += text.scalar(at: at).width
    }
    let colon = text.width(ofAny: [":", "："], at: at)
    return 1...2 ~= digits && colon > 0
      && CharacterClass(text.scalar(at: at + colon).value) == .digit
  }
}

extension PublicationDate {
  /// Whether a date leans on no more than is known: with a guessed year, 今年 and 7月4日 do, 今天 does not.
  public func supports(_ date: ChineseDate, in text: SourceText) -> Bool {
    guard basis == .guessedYear, date.basis == .publication else { return true }
    let start = date.range.lowerBound
    if text.width(ofAny: ["今年", "去年", "明年", "本年"], at: start) > 0 { return true }
    let isNarrow = date.precision == .day || date.precision == .month
    return isNarrow && CharacterClass(text.scalar(at: start).value) == .digit
  }
}
