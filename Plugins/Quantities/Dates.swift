import DuikouPlugin
import DuikouText

/// Finds the days and periods that a document names: a `duikou.date` for each, where it is named first.
struct Dates: Extractor {
  static let summary =
    "Finds dates and periods; what is left out of them comes from the text or its day."
  static let uses: [Use] = [.readsIfPresent(dk_segment.self), .writes(dk_date.self)]

  /// Of dates of which all is written, and of those that lean on the day of publication or a neighbour.
  private static let confidence = (stated: 0.97, inferred: 0.9)

  func extract(_ document: Document) throws {
    let published = document.row.states(5) ? CalendarDay(days: document.row.published) : nil
    let dates = document.text.withUTF8 { bytes in
      let text = SourceText(bytes)
      return text.parts(without: document.unreadable).flatMap {
        ChineseDate.all(in: text, range: $0, published: published)
      }
    }
    var seen: Set<[CalendarDay?]> = []
    for date in dates where date.isResolved && seen.insert([date.first, date.last]).inserted {
      try append(date, to: document)
    }
  }

  private func append(_ date: ChineseDate, to document: Document) throws {
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
      row, evidence: date.range,
      confidence: isStated ? Self.confidence.stated : Self.confidence.inferred,
      flags: Int(date.flags.rawValue))
  }
}
