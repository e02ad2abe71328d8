/// Reads dates with the words around them, and finds their days.
struct DateReader {
  let text: SourceText
  let terms: DateTermReader
  let words = DateWords.standard
  private let numerals: NumeralReader

  init(_ text: SourceText) {
    self.text = text
    numerals = NumeralReader(text)
    terms = DateTermReader(text)
  }

  func dates(
    in range: Range<Int>, published: CalendarDay?, isYearOnly: Bool = false, isNotice: Bool = false
  ) -> [ChineseDate] {
    let range = range.clamped(to: text.range)
    var found: [ChineseDate] = []
    var context = DateContext(published: published, isNeighbourNear: false)
    context.isYearOnly = isYearOnly
    context.isNotice = isNotice
    var at = range.lowerBound
    while true {
      let start = words.starters.first(in: text, range: at..<range.upperBound)
      if text.firstOffset(of: "\n", in: at..<start) != nil { context.isNeighbourNear = false }
      at = start
      guard at < range.upperBound else { break }
      let scalar = text.scalar(at: at)
      guard let read = read(at: at, context: context) else {
        at += scalar.width
        continue
      }
      if let date = read.date { found.append(date) }
      if let neighbour = read.neighbour, !isInTitle(at), !isCompared(at..<read.end) {
        context.neighbour = neighbour.first
        context.neighbourPrecision = neighbour.precision
        context.isNeighbourNear = true
      }
      at = min(max(read.end, at + scalar.width), range.upperBound)
    }
    return found
  }

  func date(at offset: Int, context: DateContext) -> ChineseDate? {
    guard offset >= 0, offset < text.count else { return nil }
    return read(at: offset, context: context)?.date
  }

  /// What was read at one place.
  struct Reading {
    /// Nil for a date that does not exist.
    var date: ChineseDate?
    var end: Int
    /// The days that later dates may refer to.
    var neighbour: DateResolver.Days?
  }

  private func isInTitle(_ offset: Int) -> Bool {
    text.width(ofAny: ["《", "(", "（"], at: text.scalarStart(before: offset)) > 0
  }

  /// 是2018年的9倍, 比2020年增长: what something is measured by, not when it is.
  private func isCompared(_ range: Range<Int>) -> Bool {
    if ["比", "较", "較"].contains(where: { text.has($0, before: range.lowerBound) }) { return true }
    guard text.has("的", at: range.upperBound) else { return false }
    let end = numerals.numeral(at: range.upperBound + 3)?.end
    return end.map { text.width(ofAny: ["倍", "多倍", "余倍"], at: $0) > 0 } ?? false
  }

  func read(at offset: Int, context: DateContext) -> Reading? {
    let until = text.width(ofAny: words.until, at: offset)
    let start = text.skippingBlanks(from: offset + until, atMost: 1)
    if until > 0, let now = now(at: start, from: offset, context: context) { return now }
    guard let term = terms.term(at: start) else { return nil }
    if Self.otherCalendars.contains(where: { text.has($0, before: offset) }) {
      return Reading(date: nil, end: term.end)
    }
    let resolver = DateResolver(
      context: context, isAhead: isAhead(offset),
      isDue: isWord(words.before, at: term.end, notBefore: Self.notBefore))
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
  func now(at start: Int, from offset: Int, context: DateContext) -> Reading? {
    let width = text.width(ofAny: ["目前", "当前", "當前", "现在", "發稿", "发稿"], at: start)
    guard width > 0 else { return nil }
    let range = offset..<(start + width)
    let date = ChineseDate(
      first: nil, last: context.published, precision: .day,
      basis: context.published == nil ? .unresolved : .publication, isOpenStart: true,
      isOpenEnd: false, range: range)
    return Reading(date: date, end: range.upperBound)
  }

  func isSpan(_ term: DateTerm) -> Bool {
    if case .months = term.whole { return true }
    return false
  }

  func isNeighbour(_ term: DateTerm, _ second: DateTerm?) -> Bool {
    guard term.whole == nil else { return false }
    // 6日至8日 are days of one month, 2024年6月1日至8月31日 of one year.
    if let second { return term.day != nil && second.day != nil && second.year == nil }
    if case .stated = term.year { return true }
    return term.month != nil || term.day != nil
  }

  static let otherCalendars = ["农历", "農曆", "阴历", "陰曆", "旧历", "藏历", "民国", "民國"]

  static let announcing = [
    "将于", "將於", "将在", "將在", "拟于", "擬於", "定于", "定於", "计划于", "計劃於",
  ]

  /// Whether the words before say that it is still to come.
  func isAhead(_ offset: Int) -> Bool {
    Self.announcing.contains { text.has($0, before: offset) }
  }
}
