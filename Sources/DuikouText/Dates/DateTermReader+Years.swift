extension DateTermReader {
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

  func precision(of months: ClosedRange<Int>) -> ChineseDate.Precision {
    switch months.count {
    case 1: .month
    case 3: .quarter
    case 6: .half
    default: .period
    }
  }

  /// 第三季度, 前三季度, 前五个月.
  func quarters(at offset: Int) -> (DateTerm.Part, Int)? {
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
  func quarter(_ value: Int, at offset: Int) -> DateTerm? {
    guard text.has("季度", at: offset), 1...4 ~= value else { return nil }
    var term = DateTerm(end: offset + 6)
    term.part = .months((value * 3 - 2)...(value * 3), .quarter)
    return term
  }

  func monthSign(at offset: Int) -> Int? {
    let at = text.skippingBlanks(from: offset, atMost: 1)
    guard text.has("月", at: at) else { return nil }
    let end = at + 3
    return end + text.width(ofAny: ["份"], at: end)
  }

  func daySign(at offset: Int) -> Int? {
    let at = text.skippingBlanks(from: offset, atMost: 1)
    let width = text.width(ofAny: ["日", "号", "號"], at: at)
    return width > 0 && text.width(ofAny: ["游", "遊", "元"], at: at + width) == 0 ? at + width : nil
  }

  /// What is offered for so many days: 4日自驾线路.
  private static let tours = ["自驾", "自駕", "行程", "之旅", "线路", "線路", "研学", "研學", "套餐"]

  /// 7月4日, 7月, or the day alone: in digits only and with 日, as 三日 may be three days.
  func monthOrDay(
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
      let end = daySign(at: number.end), text.has("日", before: end),
      text.width(ofAny: Self.tours, at: end) == 0
    else { return nil }
    var term = DateTerm(end: end)
    term.day = .stated(number.value)
    return term
  }

  /// What stands behind a month: a day, a part, or nothing.
  func month(_ month: DateTerm.Month, at offset: Int) -> DateTerm {
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
}
