extension DateTermReader {
  func term(_ word: (word: DateWords.Word, end: Int), at offset: Int) -> DateTerm? {
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
  func era(at offset: Int) -> DateTerm? {
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

  func width(of words: [String], behind offset: Int) -> Int? {
    let width = text.width(ofAny: words, at: offset)
    return width > 0 ? width : nil
  }

  func fixed(
    _ first: CalendarDay?, _ last: CalendarDay?, _ precision: ChineseDate.Precision, end: Int
  ) -> DateTerm? {
    guard let first, let last else { return nil }
    var term = DateTerm(end: end)
    term.whole = .fixed(first, last, precision)
    return term
  }

  /// 20世纪90年代, 90年代, 30年来, 30年前.
  func centuryOrDecade(_ value: Int, at offset: Int) -> DateTerm? {
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
  func decade(at offset: Int) -> DateTerm? {
    let width = text.width(ofAny: ["上世纪", "上世紀"], at: offset)
    guard width > 0, let decade = number(at: offset + width) else { return nil }
    return self.decade(1900 + decade.value, of: decade.value, at: decade.end)
  }

  func decade(_ year: Int, of value: Int, at offset: Int) -> DateTerm? {
    guard text.has("年代", at: offset), value % 10 == 0, 0...90 ~= value else { return nil }
    return fixed(
      CalendarDay(year: year, month: 1, day: 1), CalendarDay(year: year + 9, month: 12, day: 31),
      .period, end: offset + 6)
  }
}
