extension DateTermReader {
  func isNumeral(at offset: Int) -> Bool {
    numerals.digit(at: offset) != nil || NumeralCharacter(text.scalar(at: offset).value) != nil
  }

  func endsNumeral(at offset: Int) -> Bool {
    let before = text.scalar(before: offset)
    return NumeralCharacter(before.value) != nil || CharacterClass(before.value) == .digit
  }

  func isInsideNumeral(_ offset: Int) -> Bool {
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

  func numeric(at offset: Int) -> DateTerm? {
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

  func isYear(_ value: Int) -> Bool { 1000...2999 ~= value }

  /// The end of 年, behind a blank perhaps; not that of 年级 or 年代.
  func yearSign(at offset: Int) -> Int? {
    let at = text.skippingBlanks(from: offset, atMost: 1)
    guard text.has("年", at: at) else { return nil }
    let end = at + 3
    guard text.width(ofAny: ["级", "級", "代"], at: end) == 0 else { return nil }
    return end + text.width(ofAny: ["度"], at: end)
  }

  /// -07-04, /7/4, .7.4 behind a year; the same sign twice.
  func joined(year: Int, at offset: Int) -> DateTerm? {
    let sign = text.scalar(at: offset).value
    guard isYear(year), sign == 0x2d || sign == 0x2f || sign == 0x2e,
      let month = digits(at: offset + 1), text.scalar(at: month.end).value == sign,
      let day = digits(at: month.end + 1), numerals.digit(at: day.end) == nil
    else { return nil }
    return full(year, month.value, day.value, end: day.end)
  }

  /// .11.2019 behind a day of two digits.
  func dayFirst(_ day: Int, at offset: Int) -> DateTerm? {
    guard text.scalar(at: offset).value == 0x2e, let month = digits(at: offset + 1),
      month.end == offset + 3, text.scalar(at: month.end).value == 0x2e,
      let year = number(at: month.end + 1), year.count == 4, isYear(year.value), 1...31 ~= day
    else { return nil }
    return full(year.value, month.value, day, end: year.end)
  }

  func full(_ year: Int, _ month: Int, _ day: Int, end: Int) -> DateTerm {
    var term = DateTerm(end: end)
    term.year = .stated(year)
    term.month = .stated(month)
    term.day = .stated(day)
    return term
  }

  /// One or two digits.
  func digits(at offset: Int) -> (value: Int, end: Int)? {
    guard numerals.digit(at: offset) != nil, let number = number(at: offset), number.count <= 2
    else {
      return nil
    }
    return (number.value, number.end)
  }

  /// 2016 of 2016—2020年, 3 of 3至5月, 4 of 4、5日: what the second number has behind it counts for both.
  func shared(_ first: (value: Int, count: Int, end: Int)) -> DateTerm? {
    guard let sign = rangeSignEnd(at: first.end) ?? listMarkEnd(at: first.end),
      let second = number(at: sign),
      second.value > first.value, isSameScript(before: first.end, at: sign)
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

  /// Whether two numerals are both of digits or both of Chinese characters: the first of 三、6月 numbers a paragraph.
  private func isSameScript(before end: Int, at offset: Int) -> Bool {
    let isDigit = numerals.digit(at: text.scalarStart(before: end)) != nil
    return isDigit == (numerals.digit(at: offset) != nil)
  }
}
