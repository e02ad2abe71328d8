import DuikouPlugin

/// The dates and periods of a document; nothing where there are none.
struct DateSection {
  static let name = "date"

  let view: DocumentView

  private var indices: ArraySlice<Int> { view.records.dates.indices(in: view.document) }

  func write() throws {
    guard !indices.isEmpty else { return }
    let section = RecordSection(
      view: view, name: Self.name, count: indices.count, heading: "date",
      columns: ["date.days", "date.precision", "date.basis"])
    try section.write {
      for index in indices {
        let date = view.records.dates.rows[index]
        try section.open(view.records.dates.rows.reference(index))
        try section.writeValues([
          days(of: date), "\(view.words.name(of: "\(date.precision)", in: "precision"))",
          "\(view.words.name(of: "\(date.basis)", in: "basis"))",
        ])
        try section.writeEvidence(date.row)
        try section.close()
      }
    }
  }

  /// One day, or the first and the last; a dash for an end that is open.
  private func days(of date: dk_date) -> Markup {
    let start: Markup = date.states(1) ? "\(days: date.start)" : DocumentView.absent
    guard !date.states(1) || !date.states(2) || date.start != date.end else { return start }
    let end: Markup = date.states(2) ? "\(days: date.end)" : DocumentView.absent
    return "\(start) – \(end)"
  }
}
