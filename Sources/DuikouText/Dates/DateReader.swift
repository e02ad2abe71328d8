/// Reads dates with the words around them, and finds their days.
struct DateReader {
  private let text: SourceText
  private let terms: DateTermReader
  private let words = DateWords.standard

  init(_ text: SourceText) {
    self.text = text
    terms = DateTermReader(text)
  }

  func dates(in range: Range<Int>, published: CalendarDay?) -> [ChineseDate] {
    let range = range.clamped(to: text.range)
    var found: [ChineseDate] = []
    var context = DateContext(published: published, isNeighbourNear: false)
    var at = range.lowerBound
    while at < range.upperBound {
      let scalar = SourceText.decode(text.bytes, at: at, end: text.count)
      if scalar.value == 0x0a { context.isNeighbourNear = false }
      guard words.mayBegin(scalar.value), let read = read(at: at, context: context) else {
        at += scalar.width
        continue
      }
      if let date = read.date { found.append(date) }
      if let neighbour = read.neighbour, !isInTitle(at) {
        context.neighbour = neighbour.first
        context.neighbourPrecision = neighbour.precision
        context.isNeighbourNear = true
      }
      at = max(read.end, at + scalar.width)
    }
    return found
  }

  func date(at offset: Int, context: DateContext) -> ChineseDate? {
    guard offset >= 0, offset < text.count else { return nil }
    return read(at: offset, context: context)?.date
  }

  /// What was read at one place.
  private struct Reading {
    /// Nil for a date that does not exist.
    var date: ChineseDate?
    var end: Int
    /// The days that later dates may refer to.
    var neighbour: DateResolver.Days?
  }

  private func isInTitle(_ offset: Int) -> Bool {
    text.width(ofAny: ["《", "(", "（"], at: text.scalarStart(before: offset)) > 0
  }

  // MARK: One date

  private func read(at offset: Int, context: DateContext) -> Reading? {
    let until = text.width(ofAny: words.until, at: offset)
    let start = text.skippingBlanks(from: offset + until, atMost: 1)
    if until > 0, let now = now(at: start, from: offset, context: context) { return now }
    guard let term = terms.term(at: start) else { return nil }
    if Self.otherCalendars.contains(where: { text.has($0, before: offset) }) {
      return Reading(date: nil, end: term.end)
    }
    let resolver = DateResolver(context: context, isAhead: isAhead(offset))
    let second = until == 0 ? second(of: term) : nil
    let end = second?.end ?? term.end
    switch resolver.resolve(term) {
    case .invalid: return Reading(date: nil, end: end)
    case .unresolved(let precision):
      let date = ChineseDate(
        first: nil, last: nil, precision: precision, basis: .unresolved, isOpenStart: false,
        isOpenEnd: false, range: offset..<end)
      return Reading(date: date, end: end)
    case .days(var days):
      let first = days
      if let second {
        guard let last = resolve(second, behind: term, days, context: context) else {
          return Reading(date: nil, end: end)
        }
        days.last = last.last
        if last.precision.rawValue > days.precision.rawValue { days.precision = last.precision }
      }
      var date = ChineseDate(
        first: days.first, last: days.last, precision: days.precision, basis: days.basis,
        isOpenStart: false, isOpenEnd: false, range: offset..<end)
      open(&date, until: until > 0, isRange: second != nil, isSpan: isSpan(term))
      return Reading(
        date: date, end: date.range.upperBound,
        neighbour: isNeighbour(term, second) ? first : nil)
    }
  }

  /// 截至目前.
  private func now(at start: Int, from offset: Int, context: DateContext) -> Reading? {
    let width = text.width(ofAny: ["目前", "当前", "當前", "现在", "發稿", "发稿"], at: start)
    guard width > 0 else { return nil }
    let range = offset..<(start + width)
    let date = ChineseDate(
      first: nil, last: context.published, precision: .day,
      basis: context.published == nil ? .unresolved : .publication, isOpenStart: true,
      isOpenEnd: false, range: range)
    return Reading(date: date, end: range.upperBound)
  }

  private func isSpan(_ term: DateTerm) -> Bool {
    if case .months = term.whole { return true }
    return false
  }

  private func isNeighbour(_ term: DateTerm, _ second: DateTerm?) -> Bool {
    guard second == nil, term.whole == nil else { return false }
    if case .stated = term.year { return true }
    return term.month != nil || term.day != nil
  }

  private static let otherCalendars = ["农历", "農曆", "阴历", "陰曆", "旧历", "藏历", "民国", "民國"]

  private static let announcing = [
    "将于", "將於", "将在", "將在", "拟于", "擬於", "定于", "定於", "计划于", "計劃於",
  ]

  /// Whether the words before say that it is still to come.
  private func isAhead(_ offset: Int) -> Bool {
    Self.announcing.contains { text.has($0, before: offset) }
  }

  // MARK: Ranges

  /// The date behind 至, which may leave out what the first one says.
  private func second(of first: DateTerm) -> DateTerm? {
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

  private func behindHour(_ offset: Int) -> Int {
    offset + text.width(ofAny: ["上午", "下午", "晚上", "晚", "凌晨", "中午"], at: offset)
  }

  private func resolve(
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

  // MARK: Open ends

  /// Opens an end for 截至 before the date, 以来 or 以前 behind it, or 自 before.
  private func open(_ date: inout ChineseDate, until: Bool, isRange: Bool, isSpan: Bool) {
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
  private static let notBefore = ["往", "来", "后", "景", "列", "沿", "三", "五", "两", "几", "夕", "季", "旗"]

  private func isWord(_ list: [String], at offset: Int, notBefore: [String]) -> Bool {
    let width = text.width(ofAny: list, at: offset)
    return width > 0 && text.width(ofAny: notBefore, at: offset + width) == 0
  }

  private func isAtEnd(_ end: Int) -> Bool {
    ["底", "末", "年终"].contains { text.has($0, before: end) }
  }

  private func openEnd(_ date: inout ChineseDate) {
    date.last = nil
    date.isOpenEnd = true
  }

  /// 自2018年签署协议以来, within the clause and 200 bytes; 自2018年4月 before a comma.
  private func isFromUntilNow(_ range: Range<Int>) -> Bool {
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
