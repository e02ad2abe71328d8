extension Report {
  private static let header = ["benchmark", "median", "min–max", "ratio", "aim", "met"]

  /// The report as Markdown, which reads well on a terminal too.
  func table() -> String {
    let rows = [Self.header] + lines.flatMap(Self.rows)
    let widths = Self.header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let rule = widths.map { String(repeating: "-", count: $0) }
    let table = ([rows[0], rule] + rows.dropFirst()).map { Self.line($0, widths) }
    let facts = machine.sentences.map { "- \($0)" }
    return (facts + ["- \(rounds) rounds behind one that warms up", ""] + table)
      .joined(separator: "\n")
  }

  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(cells, widths).map { cell, width in
      cell + String(repeating: " ", count: width - cell.count)
    }
    return "| \(padded.joined(separator: " | ")) |"
  }

  /// A benchmark takes one row, and one more for each further comparison.
  private static func rows(_ line: Line) -> [[String]] {
    let values = line.values
    let range = "\(text(values.min() ?? 0, line.unit))–\(text(values.max() ?? 0, line.unit))"
    let first = [line.name, text(values.median, line.unit), range]
    guard !line.comparisons.isEmpty else { return [first + ["", "", ""]] }
    return line.comparisons.enumerated().map { index, comparison in
      (index == 0 ? first : ["", "", ""]) + cells(comparison, line.unit)
    }
  }

  private static func cells(_ comparison: Comparison, _ unit: Unit) -> [String] {
    let met = comparison.isMet.map { $0 ? "yes" : "no" } ?? ""
    let ratio = short(comparison.ratio)
    return switch comparison.aim {
    case .times(let name, let bound):
      ["\(ratio) × \(name)", bound.map { "≤ \(short($0)) ×" } ?? "", met]
    case .better(let name, let bound):
      ["1/\(ratio) of \(name)", bound.map { "≤ 1/\(short($0))" } ?? "", met]
    case .atMost(let bound): ["", "≤ \(text(bound, unit))", met]
    }
  }

  private static func text(_ value: Double, _ unit: Unit) -> String {
    switch unit {
    case .bytes: "\(short(value / 1024 / 1024)) MiB"
    case .nanoseconds where value < 1000: "\(short(value)) ns"
    case .nanoseconds where value < 1_000_000: "\(short(value / 1000)) µs"
    case .nanoseconds: "\(short(value / 1_000_000)) ms"
    }
  }

  /// Three digits, as far as they say something.
  private static func short(_ value: Double) -> String {
    let factor: Double = value < 9.995 ? 100 : value < 99.95 ? 10 : 1
    let rounded = (value * factor).rounded() / factor
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
