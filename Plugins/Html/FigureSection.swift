import DuikouPlugin

/// The figures of a document; nothing where there are none.
struct FigureSection {
  static let name = "quantity"

  let view: DocumentView

  private var indices: ArraySlice<Int> { view.records.figures.indices(in: view.document) }

  func write() throws {
    guard !indices.isEmpty else { return }
    let section = RecordSection(
      view: view, name: Self.name, count: indices.count, heading: "quantity",
      columns: [
        "quantity.value", "quantity.unit", "quantity.indicator", "quantity.scope", "quantity.date",
      ])
    try section.write {
      for index in indices {
        let figure = view.records.figures.rows[index]
        try section.open(view.records.figures.rows.reference(index))
        try section.writeValues([
          value(of: figure), text(figure.unit), text(figure.indicator),
          view.records.name(of: figure.scope)?.markup ?? DocumentView.absent,
          view.records.image.row(figure.as_of, as: dk_date.self).map { section.quote($0.row) }
            ?? DocumentView.absent,
        ])
        try section.writeEvidence(figure.row)
        try section.close()
      }
    }
  }

  private func value(of figure: dk_figure) -> Markup {
    let exponent = figure.states(3) ? Int(figure.exponent) : 0
    var number = "\(Decimal(figure.value, exponent: exponent))"
    if figure.states(2) { number += "–\(Decimal(figure.upper, exponent: exponent))" }
    guard figure.states(4) else { return "\(number)" }
    return "\(view.words.name(of: "\(figure.comparator)", in: "comparator")) \(number)"
  }

  private func text(_ string: dk_str) -> Markup {
    view.records.image.string(string).map { "\($0)" } ?? DocumentView.absent
  }
}
