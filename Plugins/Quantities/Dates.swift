import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds the days and periods that a document names: a `duikou.date` for each, where it is named first.
struct Dates: Extractor {
  static let summary =
    "Finds dates and periods; what is left out of them comes from the text or its day."
  static let uses: [Use] = [.readsIfPresent(dk_segment.self), .writes(dk_date.self)]

  /// Of dates of which all is written, of those that lean on the day of publication or a neighbour, and of
  /// those whose year is guessed.
  private static let confidence = (stated: 0.97, inferred: 0.9, guessed: 0.6)

  func extract(_ document: Document) throws {
    try document.withNormalText { try extract($0) }
  }

  private func extract(_ document: NormalDocument) throws {
    let text = document.text
    let row = document.document.row
    let own = PublicationDate(in: text)
    let published = row.states(5) ? CalendarDay(days: row.published) : own?.day
    let dates = document.parts.flatMap {
      ChineseDate.all(
        in: text, range: $0, published: published,
        isYearOnly: !row.states(5) && own?.basis == .guessedYear,
        isNotice: !row.states(5) && own?.basis == .signature)
    }
    var seen: Set<[CalendarDay?]> = []
    var isBehindUnknown = false
    for date in dates {
      let isAdrift = isBehindUnknown && leansOnYear(date)
      isBehindUnknown = !date.isResolved
      guard date.isResolved, !isAdrift, !isPassedOver(date, in: text) else { continue }
      guard !isSpan(date, of: published, in: text) else { continue }
      if let own {
        guard own.basis != .dateline || !own.lines.contains(where: date.range.overlaps) else {
          continue
        }
        guard row.states(5) || own.supports(date, in: text) else { continue }
      }
      let isGuess = own?.basis == .guessedYear && !row.states(5) && date.basis == .publication
      if seen.insert([date.first, date.last]).inserted {
        try append(date, isGuess: isGuess, to: document)
      }
    }
    for range in VagueDate.ranges(in: document) { try appendVague(range, to: document) }
  }

  /// Whether a date such as 下半年 has the year of the one before.
  private func leansOnYear(_ date: ChineseDate) -> Bool {
    date.basis == .neighbour && [.half, .quarter].contains(date.precision)
  }

  /// Whether a date is none that the text speaks of: it stands in a title, 《2024年协作协议》, is 截至目前, or what is compared with.
  private func isPassedOver(_ date: ChineseDate, in text: SourceText) -> Bool {
    if date.basis == .publication, date.isOpenStart, date.last?.days != nil,
      text.width(ofAny: ["截至", "截止"], at: date.range.lowerBound) > 0,
      ["目前", "当前", "现在", "发稿"].contains(where: { text.has($0, before: date.range.upperBound) })
    {
      return true
    }
    // 不低于上一年, 去年同期: a measure, no time at which anything was.
    if date.basis == .publication,
      text.width(ofAny: ["上一年", "上年", "去年"], at: date.range.lowerBound) > 0,
      text.has("同期", at: date.range.upperBound)
        || ["于", "比", "较"].contains(where: { text.has($0, before: date.range.lowerBound) })
    {
      return true
    }
    let start = text.sentenceStart(
      of: date.range.lowerBound, notBefore: max(0, date.range.lowerBound - 300))
    let before = start..<date.range.lowerBound
    return text.occurrences(of: "《", in: before) > text.occurrences(of: "》", in: before)
  }

  /// Whether a date is 近三年 or 今后三年, which is a duration: it ends on the day of publication, or begins behind it.
  private func isSpan(_ date: ChineseDate, of published: CalendarDay?, in text: SourceText) -> Bool
  {
    guard let published, date.basis == .publication, date.precision == .period,
      date.last == published || date.first == published.adding(days: 1)
    else { return false }
    return ["旬", "年初"].allSatisfy { text.occurrences(of: $0, in: date.range) == 0 }
  }

  /// 近年来: a time that names no days.
  private func appendVague(_ range: Range<Int>, to document: NormalDocument) throws {
    var row = dk_date()
    row.precision = UInt32(DK_PRECISION_PERIOD)
    row.state(3)
    row.basis = UInt32(DK_BASIS_TEXT)
    row.state(4)
    try document.append(
      row, at: range, confidence: Self.confidence.stated, flags: Int(DK_APPROXIMATE))
  }

  private func append(
    _ date: ChineseDate, isGuess: Bool, to document: NormalDocument
  ) throws {
    var row = dk_date()
    if let first = date.first {
      row.start = first.days
      row.state(1)
    }
    if let last = date.last {
      row.end = last.days
      row.state(2)
    }
    row.precision = date.precision.rawValue
    row.state(3)
    row.basis = date.basis.rawValue
    row.state(4)
    let isStated = date.basis == .stated
    try document.append(
      row, at: date.range,
      confidence: isStated
        ? Self.confidence.stated : isGuess ? Self.confidence.guessed : Self.confidence.inferred,
      flags: Int(date.flags.rawValue))
  }
}
