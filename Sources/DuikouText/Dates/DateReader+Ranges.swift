extension DateReader {
  /// The date behind 至, which may leave out what the first one says.
  func second(of first: DateTerm) -> DateTerm? {
    guard first.whole == nil else { return nil }
    let start = behindHour(behindWeekday(first.end))
    guard let sign = terms.rangeSignEnd(at: start),
      let term = terms.term(at: text.skippingBlanks(from: sign, atMost: 1)), term.whole == nil
    else { return nil }
    let isNarrower = first.day == nil && first.month == nil && term.year == nil && term.part == nil
    return isNarrower ? nil : term
  }

  /// (星期三), （周三）.
  private func behindWeekday(_ offset: Int) -> Int {
    guard CharacterClass(text.scalar(at: offset).value) == .opening else { return offset }
    let inside = offset + text.scalar(at: offset).width
    let isWeekday = text.width(ofAny: ["星期", "周", "週"], at: inside) > 0
    return isWeekday ? text.skippingBrackets(from: offset) : offset
  }

  func behindHour(_ offset: Int) -> Int {
    offset + text.width(ofAny: ["上午", "下午", "晚上", "晚", "凌晨", "中午"], at: offset)
  }

  func resolve(
    _ second: DateTerm, behind term: DateTerm, _ first: DateResolver.Days, context: DateContext
  ) -> DateResolver.Days? {
    var second = second
    var near = context
    near.neighbour = first.first
    near.neighbourPrecision = first.precision
    near.isNeighbourNear = true
    if second.year == nil {
      second.year = .neighbour(0)
      if second.month == nil, second.day != nil { second.month = .stated(first.first.month) }
    }
    guard case .days(let days) = DateResolver(context: near).resolve(second) else { return nil }
    if days.last >= first.first { return days }
    // 12月30日至1月2日.
    guard case .neighbour = second.year else { return nil }
    second.year = .neighbour(1)
    guard case .days(let later) = DateResolver(context: near).resolve(second) else { return nil }
    return later
  }
}
