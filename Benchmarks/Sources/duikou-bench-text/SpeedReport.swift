import Foundation

/// The speeds of all contestants: medians over the rounds, and ratios to the first, taken within each round.
struct SpeedReport {
  let names: [String]
  /// By round and contestant.
  let rounds: [[Finding]]

  /// The report as Markdown.
  func table() -> String {
    var lines = [
      "| tool | MB/s, median | min–max | of Duikou | matches | agrees |",
      "|---|---:|---:|---:|---:|---|",
    ]
    for (place, name) in names.enumerated() {
      let findings = rounds.map { $0[place] }
      let speeds = findings.map(\.speed).sorted()
      let ratio = Self.median(rounds.map { $0[place].speed / $0[0].speed })
      let cells = [
        name, Self.text(Self.median(speeds)),
        "\(Self.text(speeds[0]))–\(Self.text(speeds[speeds.count - 1]))",
        String(format: "%.2f", ratio), findings[0].matches.map(String.init) ?? "–",
        agreement(of: place),
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  /// Whether a contestant finds as much as another one that went through the same bytes in the same way.
  private func agreement(of place: Int) -> String {
    let finding = rounds[0][place]
    guard let matches = finding.matches else { return "–" }
    let isLongest = names[place].hasSuffix("longest")
    let others = names.indices.filter {
      $0 != place && rounds[0][$0].bytes == finding.bytes
        && names[$0].hasSuffix("longest") == isLongest
    }.map { rounds[0][$0] }.filter { $0.matches != nil }
    guard !others.isEmpty else { return "–" }
    let agrees = others.allSatisfy {
      $0.matches == matches && ($0.sum == nil || finding.sum == nil || $0.sum == finding.sum)
    }
    return agrees ? "yes" : "NO"
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  private static func text(_ speed: Double) -> String {
    String(format: speed < 10 ? "%.1f" : "%.0f", speed)
  }
}
