/// Reads dates as they are written, each at one place of the text.
struct DateTermReader {
  let text: SourceText
  let numerals: NumeralReader
  let words = DateWords.standard

  init(_ text: SourceText) {
    self.text = text
    numerals = NumeralReader(text)
  }

  /// The date that begins at `offset`; it may be one that does not exist, such as 2月30日.
  func term(at offset: Int) -> DateTerm? {
    guard offset >= 0, offset < text.count else { return nil }
    let isNumeral = isNumeral(at: offset)
    if isNumeral, isInsideNumeral(offset) { return nil }
    if let era = era(at: offset) { return era }
    if isNumeral { return numeric(at: offset) }
    if let word = words.word(in: text, at: offset) {
      // 月初 of 五月初五.
      let isRest = text.has("月", at: offset) && endsNumeral(at: offset)
      return isRest ? nil : term(word, at: offset)
    }
    return quarters(at: offset).map { part, end in
      var term = DateTerm(end: end)
      term.part = part
      return term
    } ?? decade(at: offset)
  }

  /// The end of the date or the range of dates that begins with a numeral at `offset`, so that its
  /// numbers are not taken for figures. Spans such as 三年 are figures.
  func end(ofDateAt offset: Int) -> Int? {
    guard var term = term(at: offset), term.whole == nil || isFixed(term) else { return nil }
    for _ in 0..<2 {
      guard let sign = rangeSignEnd(at: term.end), isNumeral(at: sign), let next = numeric(at: sign)
      else { break }
      term = next
    }
    return term.end
  }

  /// The same for a numeral that may stand behind the first character of a date: 前五个月, 上一年.
  func end(ofDateAround offset: Int) -> Int? {
    if let end = end(ofDateAt: offset) { return end }
    let width = ["前", "上", "下"].contains { text.has($0, before: offset) } ? 3 : 0
    return width > 0 ? end(ofDateAt: offset - width).flatMap { $0 > offset ? $0 : nil } : nil
  }

  private func isFixed(_ term: DateTerm) -> Bool {
    if case .fixed = term.whole { return true }
    return false
  }

  // MARK: Numerals

  private func isNumeral(at offset: Int) -> Bool {
    numerals.digit(at: offset) != nil || NumeralCharacter(text.scalar(at: offset).value) != nil
  }

  private func endsNumeral(at offset: Int) -> Bool {
    let before = text.scalar(before: offset)
    return NumeralCharacter(before.value) != nil || CharacterClass(before.value) == .digit
  }

  private func isInsideNumeral(_ offset: Int) -> Bool {
    let before = text.scalar(before: offset)
    let start = offset - before.width
    guard before.width > 0 else { return false }
    if numerals.digit(at: offset) == nil {
      return NumeralCharacter(before.value) != nil || text.has("第", before: offset)
    }
    if numerals.digit(at: start) != nil { return true }
    if before.value == 0x2e, numerals.digit(at: text.scalarStart(before: start)) != nil {
      return true
    }
    return before.value < 0x80 && CharacterClass(before.value) == .letter
      || text.has("第", before: offset)
  }

  /// A number of at most four digits or as many Chinese characters: its value, and how many digits.
  func number(at offset: Int) -> (value: Int, count: Int, end: Int)? {
    if numerals.digit(at: offset) != nil {
      var (value, count, at) = (0, 0, offset)
      while let digit = numerals.digit(at: at) {
        count += 1
        guard count <= 4 else { return nil }
        value = value * 10 + Int(digit.value)
        at += digit.width
      }
      return (value, count, at)
    }
    if let row = yearRow(at: offset) { return row }
    guard let numeral = numerals.chinese(at: offset), numeral.upper == nil || numeral.isDigits,
      let value = numeral.value.integer(), 0...9999 ~= value
    else { return nil }
    return (Int(value), numeral.isDigits ? (numeral.end - offset) / 3 : 0, numeral.end)
  }

  /// 二〇一八 before 年, also with the letter O or a zero that was typed for 〇.
  private func yearRow(at offset: Int) -> (value: Int, count: Int, end: Int)? {
    var (value, at) = (0, offset)
    for place in 0..<4 {
      let scalar = text.scalar(at: at)
      if case .digit(let digit) = NumeralCharacter(scalar.value) {
        value = value * 10 + digit
      } else if place > 0, [0x30, 0x4f, 0x6f, 0xff10, 0xff2f].contains(scalar.value) {
        value *= 10
      } else {
        return nil
      }
      at += scalar.width
    }
    return text.has("年", at: at) ? (value, 4, at) : nil
  }

  private func numeric(at offset: Int) -> DateTerm? {
    guard let first = number(at: offset) else { return nil }
    if first.count == 4 {
      if let date = joined(year: first.value, at: first.end) { return date }
      guard isYear(first.value) else { return nil }
      if let end = yearSign(at: first.end) { return year(.stated(first.value), at: end) }
    }
    if first.count == 1 || first.count == 2, let date = dayFirst(first.value, at: first.end) {
      return date
    }
    if let date = centuryOrDecade(first.value, at: first.end) { return date }
    if let term = quarter(first.value, at: first.end) { return term }
    return monthOrDay(first, at: offset) ?? shared(first)
  }

  private func isYear(_ value: Int) -> Bool { 1000...2999 ~= value }

  /// The end of 年, behind a blank perhaps; not that of 年级 or 年代.
  private func yearSign(at offset: Int) -> Int? {
    let at = text.skippingBlanks(from: offset, atMost: 1)
    guard text.has("年", at: at) else { return nil }
    let end = at + 3
    guard text.width(ofAny: ["级", "級", "代"], at: end) == 0 else { return nil }
    return end + text.width(ofAny: ["度"], at: end)
  }

  /// -07-04, /7/4, .7.4 behind a year; the same sign twice.
  private func joined(year: Int, at offset: Int) -> DateTerm? {
    let sign = text.scalar(at: offset).value
    guard isYear(year), sign == 0x2d || sign == 0x2f || sign == 0x2e,
      let month = digits(at: offset + 1), text.scalar(at: month.end).value == sign,
      let day = digits(at: month.end + 1), numerals.digit(at: day.end) == nil
    else { return nil }
    return full(year, month.value, day.value, end: day.end)
  }

  /// .11.2019 behind a day of two digits.
  private func dayFirst(_ day: Int, at offset: Int) -> DateTerm? {
    guard text.scalar(at: offset).value == 0x2e, let month = digits(at: offset + 1),
      month.end == offset + 3, text.scalar(at: month.end).value == 0x2e,
      let year = number(at: month.end + 1), year.count == 4, isYear(year.value), 1...31 ~= day
    else { return nil }
    return full(year.value, month.value, day, end: year.end)
  }

  private func full(_ year: Int, _ month: Int, _ day: Int, end: Int) -> DateTerm {
    var term = DateTerm(end: end)
    term.year = .stated(year)
    term.month = .stated(month)
    term.day = .stated(day)
    return term
  }

  /// One or two digits.
  private func digits(at offset: Int) -> (value: Int, end: Int)? {
    guard numerals.digit(at: offset) != nil, let number = number(at: offset), number.count <= 2
    else {
      return nil
    }
    return (number.value, number.end)
  }

  /// 2016 of 2016—2020年, 3 of 3至5月, 4 of 4、5日: what the second number has behind it counts for both.
  private func shared(_ first: (value: Int, count: Int, end: Int)) -> DateTerm? {
    guard let sign = rangeSignEnd(at: first.end) ?? listMarkEnd(at: first.end),
      let second = number(at: sign),
      second.value > first.value
    else { return nil }
    var term = DateTerm(end: first.end)
    if first.count == 4, second.count == 4, isYear(first.value), isYear(second.value),
      yearSign(at: second.end) != nil
    {
      term.year = .stated(first.value)
    } else if monthSign(at: second.end) != nil, 1...12 ~= first.value {
      term.month = .stated(first.value)
    } else if daySign(at: second.end) != nil, 1...31 ~= first.value, first.count > 0 {
      term.day = .stated(first.value)
    } else {
      return nil
    }
    return term
  }

  // MARK: Behind a year

  /// What stands behind a year: a month, a part, or nothing.
  func year(_ year: DateTerm.Year, at offset: Int) -> DateTerm {
    var term = DateTerm(end: offset)
    let start = text.skippingBlanks(from: offset, atMost: 1)
    if let month = number(at: start), month.count <= 2, let rest = monthOrDay(month, at: start),
      rest.month != nil
    {
      term = rest
    } else if let month = number(at: start), month.count <= 2, let rest = shared(month),
      rest.month != nil
    {
      term = rest
    } else if let word = words.word(in: text, at: start), case .months(let months) = word.word {
      term.part = .months(months, precision(of: months))
      term.end = word.end
    } else if let (months, width) = yearPart(at: start) {
      term.part = .months(months, .month)
      term.end = start + width
    } else if let (part, end) = quarters(at: start) {
      term.part = part
      term.end = end
    } else if let number = number(at: start), let rest = quarter(number.value, at: number.end) {
      term = rest
    }
    term.year = year
    return term
  }

  /// 初 and 底 directly behind 年.
  private func yearPart(at offset: Int) -> (ClosedRange<Int>, Int)? {
    if text.has("初", at: offset) { return (1...1, 3) }
    if text.width(ofAny: ["底", "末"], at: offset) > 0 { return (12...12, 3) }
    return nil
  }

  private func precision(of months: ClosedRange<Int>) -> ChineseDate.Precision {
    switch months.count {
    case 1: .month
    case 3: .quarter
    case 6: .half
    default: .period
    }
  }

  /// 第三季度, 前三季度, 前五个月.
  private func quarters(at offset: Int) -> (DateTerm.Part, Int)? {
    let width = text.width(ofAny: ["第", "前"], at: offset)
    guard width > 0, let number = number(at: offset + width) else { return nil }
    let isFirst = text.has("前", at: offset)
    if text.has("季度", at: number.end), 1...4 ~= number.value {
      let last = number.value * 3
      let months = isFirst ? 1...last : (last - 2)...last
      return (.months(months, isFirst ? .period : .quarter), number.end + 6)
    }
    let sign = text.width(ofAny: ["个月", "個月"], at: number.end)
    guard isFirst, sign > 0, 1...12 ~= number.value else { return nil }
    return (.months(1...number.value, .period), number.end + sign)
  }

  /// 季度 behind a number.
  private func quarter(_ value: Int, at offset: Int) -> DateTerm? {
    guard text.has("季度", at: offset), 1...4 ~= value else { return nil }
    var term = DateTerm(end: offset + 6)
    term.part = .months((value * 3 - 2)...(value * 3), .quarter)
    return term
  }

  private func monthSign(at offset: Int) -> Int? {
    let at = text.skippingBlanks(from: offset, atMost: 1)
    guard text.has("月", at: at) else { return nil }
    let end = at + 3
    return end + text.width(ofAny: ["份"], at: end)
  }

  private func daySign(at offset: Int) -> Int? {
    let at = text.skippingBlanks(from: offset, atMost: 1)
    let width = text.width(ofAny: ["日", "号", "號"], at: at)
    return width > 0 && text.width(ofAny: ["游", "遊", "元"], at: at + width) == 0 ? at + width : nil
  }

  /// 7月4日, 7月, or the day alone: in digits only and with 日, as 三日 may be three days.
  private func monthOrDay(
    _ number: (value: Int, count: Int, end: Int), at offset: Int
  ) -> DateTerm? {
    let mayBeMonth = 1...12 ~= number.value || numerals.digit(at: offset) != nil
    if let end = monthSign(at: number.end), mayBeMonth {
      // 五月初五 is of another calendar.
      let isLunar =
        text.has("初", at: end) && NumeralCharacter(text.scalar(at: end + 3).value) != nil
      if isLunar { return nil }
      return month(.stated(number.value), at: end)
    }
    guard numerals.digit(at: offset) != nil, 1...31 ~= number.value,
      let end = daySign(at: number.end), text.has("日", before: end)
    else { return nil }
    var term = DateTerm(end: end)
    term.day = .stated(number.value)
    return term
  }

  /// What stands behind a month: a day, a part, or nothing.
  private func month(_ month: DateTerm.Month, at offset: Int) -> DateTerm {
    var term = DateTerm(end: offset)
    term.month = month
    let start = text.skippingBlanks(from: offset, atMost: 1)
    if let day = number(at: start), 1...31 ~= day.value || numerals.digit(at: start) != nil,
      let end = daySign(at: day.end)
    {
      term.day = .stated(day.value)
      term.end = end
    } else if let day = number(at: start), let rest = shared(day), rest.day != nil {
      term.day = rest.day
      term.end = rest.end
    } else if let word = words.word(in: text, at: start), case .days(let days) = word.word {
      term.part = .days(days)
      term.end = word.end
    } else if text.has("初", at: start) {
      term.part = .days(1...10)
      term.end = start + 3
    } else if text.width(ofAny: ["底", "末"], at: start) > 0 {
      term.part = .days(21...31)
      term.end = start + 3
    }
    return term
  }

  // MARK: Words

  private func term(_ word: (word: DateWords.Word, end: Int), at offset: Int) -> DateTerm? {
    var term = DateTerm(end: word.end)
    switch word.word {
    case .year(let count): return year(.relative(count), at: word.end)
    case .sameYear(let count): return year(.neighbour(count), at: word.end)
    case .month(let count): return month(.relative(count), at: word.end)
    case .sameMonth: return month(.neighbour, at: word.end)
    case .day(let count): term.day = .relative(count)
    case .sameDay(let count): term.day = .neighbour(count)
    case .months(let months): term.part = .months(months, precision(of: months))
    case .days(let days): term.part = .days(days)
    case .past: return span(-1, at: word.end)
    case .future: return span(1, at: word.end)
    }
    return term
  }

  /// 三年 or 六个月 behind 近 or 今后.
  private func span(_ sign: Int, at offset: Int) -> DateTerm? {
    let start = offset + text.width(ofAny: ["的"], at: offset)
    guard let number = number(at: start), 1...100 ~= number.value else { return nil }
    let months: Int
    var end = number.end
    if text.has("年", at: end), text.width(ofAny: ["级", "代"], at: end + 3) == 0 {
      months = number.value * 12
      end += 3
    } else {
      let width = text.width(ofAny: ["个月", "個月"], at: end)
      guard width > 0 else { return nil }
      months = number.value
      end += width
    }
    var term = DateTerm(end: end)
    term.whole = .months(sign * months)
    return term
  }

  /// “十三五”期间, 党的十八大以来: quotation marks or a word behind it show that it is a period.
  private func era(at offset: Int) -> DateTerm? {
    let quote = text.width(ofAny: ["“", "\"", "「", "‘"], at: offset)
    guard let found = words.era(in: text, at: offset + quote) else { return nil }
    let mark = text.width(ofAny: ["”", "\"", "」", "’"], at: found.end)
    let end = quote > 0 ? found.end + mark : found.end
    guard found.era.isPlan else {
      let isFollowed = text.width(ofAny: ["以来", "以來", "以后", "以後", "之后", "後"], at: end) > 0
      return isFollowed ? fixed(found.era.first, found.era.last, .day, end: end) : nil
    }
    let (first, last) = (found.era.first, found.era.last)
    if let width = width(of: ["开局之年", "開局之年"], behind: end) {
      return fixed(
        first, CalendarDay(year: first.year, month: 12, day: 31), .year, end: end + width)
    }
    if let width = width(of: ["收官之年"], behind: end) {
      return fixed(CalendarDay(year: last.year, month: 1, day: 1), last, .year, end: end + width)
    }
    if let width = width(of: ["期间", "期間", "时期", "時期"], behind: end) {
      return fixed(first, last, .period, end: end + width)
    }
    let isName = text.width(ofAny: ["规划", "規劃", "计划", "计劃", "發展", "发展"], at: end) > 0
    let isQuoted = quote > 0 && mark > 0
    let isFollowed = text.width(ofAny: ["以来", "以來", "末", "初"], at: end) > 0
    return isQuoted && !isName || isFollowed ? fixed(first, last, .period, end: end) : nil
  }

  private func width(of words: [String], behind offset: Int) -> Int? {
    let width = text.width(ofAny: words, at: offset)
    return width > 0 ? width : nil
  }

  private func fixed(
    _ first: CalendarDay?, _ last: CalendarDay?, _ precision: ChineseDate.Precision, end: Int
  ) -> DateTerm? {
    guard let first, let last else { return nil }
    var term = DateTerm(end: end)
    term.whole = .fixed(first, last, precision)
    return term
  }

  /// 20世纪90年代, 90年代, 30年来, 30年前.
  private func centuryOrDecade(_ value: Int, at offset: Int) -> DateTerm? {
    let century = text.width(ofAny: ["世纪", "世紀"], at: offset)
    if century > 0, 15...21 ~= value, let decade = number(at: offset + century) {
      return self.decade((value - 1) * 100 + decade.value, of: decade.value, at: decade.end)
    }
    if let decade = decade(1900 + value, of: value, at: offset), value >= 20 { return decade }
    if text.width(ofAny: ["年来", "年來"], at: offset) > 0, 1...100 ~= value {
      var term = DateTerm(end: offset + 6)
      term.whole = .months(-12 * value)
      return term
    }
    guard text.has("年前", at: offset), 1...500 ~= value else { return nil }
    var term = DateTerm(end: offset + 6)
    term.whole = .yearsAway(-value)
    return term
  }

  /// 上世纪90年代, 本世纪初 is not.
  private func decade(at offset: Int) -> DateTerm? {
    let width = text.width(ofAny: ["上世纪", "上世紀"], at: offset)
    guard width > 0, let decade = number(at: offset + width) else { return nil }
    return self.decade(1900 + decade.value, of: decade.value, at: decade.end)
  }

  private func decade(_ year: Int, of value: Int, at offset: Int) -> DateTerm? {
    guard text.has("年代", at: offset), value % 10 == 0, 0...90 ~= value else { return nil }
    return fixed(
      CalendarDay(year: year, month: 1, day: 1), CalendarDay(year: year + 9, month: 12, day: 31),
      .period, end: offset + 6)
  }

  // MARK: Ranges

  /// The end of 至, 到, — or ~ at `offset`.
  func rangeSignEnd(at offset: Int) -> Int? {
    let width = text.width(ofAny: Self.rangeSigns, at: offset)
    return width > 0 ? offset + width : nil
  }

  private func listMarkEnd(at offset: Int) -> Int? {
    text.has("、", at: offset) ? offset + 3 : nil
  }

  private static let rangeSigns = ["——", "—", "–", "-", "－", "~", "～", "至", "到", "−", "―"]
}
