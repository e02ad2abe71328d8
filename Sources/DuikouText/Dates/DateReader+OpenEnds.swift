extension DateReader {
  /// Opens an end for 截至 before the date, 以来 or 以前 behind it, or 自 before.
  func open(_ date: inout ChineseDate, until: Bool, isRange: Bool, isSpan: Bool) {
    if until {
      date.first = nil
      date.isOpenStart = true
      return
    }
    guard !isRange else { return }
    let end = date.range.upperBound
    let since = text.width(ofAny: words.since, at: end)
    if since > 0, isSpan || text.width(ofAny: ["来", "來"], at: end) == 0 {
      date.range = date.range.lowerBound..<(end + since)
      if !isSpan { openEnd(&date) }
      return
    }
    guard !isSpan else { return }
    if isFromUntilNow(date.range) || isWord(words.after, at: end, notBefore: Self.notAfter) {
      if !isFromUntilNow(date.range) { date.range = date.range.lowerBound..<(end + 3) }
      openEnd(&date)
      return
    }
    let before = text.width(ofAny: words.before, at: end)
    guard before > 0, before > 3 || isWord(words.before, at: end, notBefore: Self.notBefore) else {
      return
    }
    date.range = date.range.lowerBound..<(end + before)
    date.isOpenStart = true
    // 6月30日前 and 年底前 are meant with the day, 1996年以前 is not.
    let isInclusive = date.precision == .day || date.precision == .period || isAtEnd(end)
    if !isInclusive { date.last = date.first?.adding(days: -1) }
    date.first = nil
  }

  private static let notAfter = ["续", "期", "来", "备", "勤", "者", "代", "方", "台"]
  static let notBefore = ["往", "来", "后", "景", "列", "沿", "三", "五", "两", "几", "夕", "季", "旗"]

  func isWord(_ list: [String], at offset: Int, notBefore: [String]) -> Bool {
    let width = text.width(ofAny: list, at: offset)
    return width > 0 && text.width(ofAny: notBefore, at: offset + width) == 0
  }

  func isAtEnd(_ end: Int) -> Bool {
    ["底", "末", "年终"].contains { text.has($0, before: end) }
  }

  func openEnd(_ date: inout ChineseDate) {
    date.last = nil
    date.isOpenEnd = true
  }

  /// 自2018年签署协议以来, within the clause and 200 bytes; 自2018年4月 before a comma.
  func isFromUntilNow(_ range: Range<Int>) -> Bool {
    guard words.from.contains(where: { text.has($0, before: range.lowerBound) }) else {
      return false
    }
    let next = CharacterClass(text.scalar(at: range.upperBound).value)
    if next == .clauseEnd {
      return ["自", "自从", "自從"].contains { text.has($0, before: range.lowerBound) }
    }
    var at = range.upperBound
    let limit = min(text.count, at + 200)
    while at < limit {
      if text.width(ofAny: ["以来", "以來", "至今"], at: at) > 0 { return true }
      let scalar = text.scalar(at: at)
      let kind = CharacterClass(scalar.value)
      if kind == .sentenceEnd || kind == .clauseEnd { return false }
      at += scalar.width
    }
    return false
  }
}
