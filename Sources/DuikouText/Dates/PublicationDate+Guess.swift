extension PublicationDate {
  /// The year in which a text was written that does not say it: that of its title, 2024年工作总结; behind 2017年 in the
  /// same sentence, 今年 is at least 2018; else that of the last day or month that it tells of (截至2022年6月底), or of what was held (举办2019年推介会).
  /// A text says so in its first 64 KiB.
  static func guessedYear(in text: SourceText, _ reader: DateReader) -> Int? {
    let part = text.wholeCharacters(0..<min(text.count, longestPart))
    if let year = yearOfTitle(in: text, part, reader) { return year }
    let dates = reader.dates(in: part, published: nil)
    let behind = yearBehindAnother(in: text, part, reader)
    guard let latest = latestYear(in: text, part, dates, reader) else {
      return behind ?? yearOfCount(in: text, part, dates)
    }
    return max(latest, behind ?? latest)
  }

  private static let longestPart = 1 << 16

  /// The year whose work a text sums up or plans, by its first line: its days without a year are of that.
  private static func yearOfTitle(
    in text: SourceText, _ part: Range<Int>, _ reader: DateReader
  ) -> Int? {
    let end = text.firstOffset(of: "\n", in: part) ?? part.upperBound
    let line = part.lowerBound..<end
    guard line.count <= longestName, text.occurrences(of: "。", in: line) == 0,
      accounts.contains(where: { text.firstOffset(of: $0, in: line) != nil })
    else { return nil }
    let years = reader.dates(in: line, published: nil).filter {
      $0.basis == .stated && $0.precision == .year
    }
    return years.count == 1 ? years[0].first?.year : nil
  }

  private static let accounts = ["总结", "大事记", "回顾", "综述", "要点", "计划", "安排"]

  private static func yearBehindAnother(
    in text: SourceText, _ part: Range<Int>, _ reader: DateReader
  ) -> Int? {
    var year: Int?
    for sentence in text.sentences(in: part)
    where text.occurrences(of: "今年", in: sentence) > 0 {
      let dates = reader.dates(in: sentence, published: nil)
      guard let now = dates.first(where: { text.has("今年", at: $0.range.lowerBound) }) else {
        continue
      }
      let before = dates.filter {
        $0.range.upperBound <= now.range.lowerBound && $0.basis == .stated && $0.precision == .year
          && !$0.isOpenEnd
      }
      if let last = before.compactMap({ $0.last?.year ?? $0.first?.year }).max() {
        year = max(year ?? 0, last + 1)
      }
    }
    return year
  }

  /// The year of the last date that the text tells of, if that says more than a year does.
  private static func latestYear(
    in text: SourceText, _ part: Range<Int>, _ dates: [ChineseDate], _ reader: DateReader
  ) -> Int? {
    let told = dates.filter { $0.basis == .stated && !isAim($0, in: text) }
    let telling = told.filter { isTelling($0, in: text) }.compactMap(day)
    let years = told.filter { !$0.isOpenEnd }.compactMap(day).map(\.year)
    guard let last = (telling + heldYears(in: text, part)).max(), last.year >= years.max() ?? 0
    else {
      return years.max().flatMap { yearOfReport(on: $0, dates, reader) }
    }
    // The text was written on the first day without a year or later, and behind what it tells of.
    guard let month = firstMonth(of: dates, reader), month < last.month else { return last.year }
    return last.year + 1
  }

  /// The year of a text whose last year is `year`: the one after it in spring, when the old one is reported on.
  private static func yearOfReport(
    on year: Int, _ dates: [ChineseDate], _ reader: DateReader
  ) -> Int? {
    guard year >= firstLikelyYear, let month = firstMonth(of: dates, reader) else { return nil }
    if isBeginning(year, dates, reader) { return year }
    return month <= lastMonthOfReports ? year + 1 : year
  }

  /// Whether the text speaks of the beginning of a year: 2023年新春走基层.
  private static func isBeginning(
    _ year: Int, _ dates: [ChineseDate], _ reader: DateReader
  ) -> Bool {
    dates.contains { date in
      date.first?.year == year
        && reader.text.width(ofAny: beginnings, at: date.range.upperBound) > 0
    }
  }

  private static let beginnings = ["新春", "春节", "开年", "元旦"]

  /// The month of the first day that states no year.
  private static func firstMonth(of dates: [ChineseDate], _ reader: DateReader) -> Int? {
    let first = dates.first { $0.precision == .day && $0.basis != .stated }
    guard let first, case .stated(let month) = reader.terms.term(at: first.range.lowerBound)?.month
    else { return nil }
    return month
  }

  /// 2018年，东城区与化德县结对。6年来: the year in which so many have passed since the last one that the text tells of.
  private static func yearOfCount(
    in text: SourceText, _ part: Range<Int>, _ dates: [ChineseDate]
  ) -> Int? {
    var at = part.lowerBound
    var next = dates.startIndex
    var last: Int?
    while let word = text.firstOffset(of: "年来", in: at..<part.upperBound) {
      at = word + "年来".utf8.count
      while next < dates.endIndex, dates[next].range.upperBound <= word {
        if dates[next].basis == .stated { last = dates[next].first?.year ?? last }
        next += 1
      }
      let start = text.clauseStart(of: word, within: longestCount)
      guard let year = last, let count = NumeralReader(text).numeral(at: start), count.end == word,
        let years = count.value.integer(), 2...60 ~= years, count.upper == nil,
        firstLikelyYear...2100 ~= year + Int(years)
      else { continue }
      return year + Int(years)
    }
    return nil
  }

  /// Bytes of 二十八 and the like, with a sign before it.
  private static let longestCount = 15

  private static let firstLikelyYear = 2012
  private static let lastMonthOfReports = 3

  private static func day(_ date: ChineseDate) -> CalendarDay? {
    date.isOpenStart ? date.last : date.first
  }

  /// 到2025年, 2022年6月前, 计划于2025年5月: what is still to come.
  private static func isAim(_ date: ChineseDate, in text: SourceText) -> Bool {
    let start = date.range.lowerBound
    if date.isOpenStart { return !["截至", "截止"].contains { text.has($0, at: start) } }
    return aims.contains { text.has($0, before: start) }
      || isPlanned(clause(before: start, in: text), in: text)
  }

  private static func isPlanned(_ part: Range<Int>, in text: SourceText) -> Bool {
    plans.contains { text.firstOffset(of: $0, in: part) != nil }
  }

  private static func clause(before offset: Int, in text: SourceText) -> Range<Int> {
    text.clauseStart(of: offset, within: longestClause)..<offset
  }

  private static let plans = [
    "计划", "预计", "将", "拟", "力争", "争取", "规划", "确保", "实施", "定于", "筹备", "有望", "目标", "约定",
  ]
  /// Bytes.
  private static let longestClause = 60

  private static let aims = [
    "到", "至", "《", "〔", "(", "（",
  ]

  /// Whether a date is one of days or months, or of a year that is under way: 2022年以来, but not 自2018年结对以来.
  private static func isTelling(_ date: ChineseDate, in text: SourceText) -> Bool {
    let start = date.range.lowerBound
    if date.isOpenEnd, date.precision == .period { return false }
    if date.isOpenEnd { return !["自", "从", "自从"].contains { text.has($0, before: start) } }
    if date.precision == .year || date.precision == .period {
      return date.isOpenStart || ["举办", "举行", "召开"].contains { text.has($0, before: start) }
    }
    return true
  }

  /// The years of what is named like “2022京蒙协作消费帮扶产销对接会”.
  private static func heldYears(in text: SourceText, _ part: Range<Int>) -> [CalendarDay] {
    var years: [CalendarDay] = []
    var at = part.lowerBound
    while let sign = text.firstOffset(of: "“", in: at..<part.upperBound) {
      at = sign + 3
      guard let end = text.firstOffset(of: "”", in: at..<min(text.count, at + longestName)),
        ["会", "节", "周", "展", "季", "坛", "动", "赛"].contains(where: { text.has($0, before: end) }),
        let number = DateTermReader(text).number(at: at), number.count == 4,
        !isPlanned(end..<min(text.count, end + longestClause), in: text),
        !isPlanned(clause(before: sign, in: text), in: text), 2000...2100 ~= number.value,
        let day = CalendarDay(year: number.value, month: 1, day: 1)
      else { continue }
      years.append(day)
    }
    return years
  }

  /// Bytes of the longest such name.
  private static let longestName = 120
}
