/// A table for a terminal, its columns aligned by the width of Chinese characters.
public struct TextTable: Sendable {
  public struct Column: Sendable {
    public var title: String
    /// Whether it gives way when the table is wider than the terminal.
    public var isFlexible: Bool

    public init(_ title: String, isFlexible: Bool = false) {
      self.title = title
      self.isFlexible = isFlexible
    }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  public init(_ columns: [Column]) {
    self.columns = columns
  }

  public var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; control characters in it do not reach the terminal, line breaks become spaces.
  public mutating func add(_ cells: [String]) {
    rows.append(
      cells.map { cell in
        Terminal.harmless(
          String(String.UnicodeScalarView(cell.unicodeScalars.map { $0.value < 0x20 ? " " : $0 })))
      })
  }

  /// The table as lines, at most as wide as the terminal where its columns allow that.
  public func rendered(for terminal: Terminal) -> String {
    let widths = fittedWidths(to: terminal.columns)
    let header = line(columns.map(\.title), widths) { terminal.styled($0, .bold) }
    let body = rows.map { line($0, widths) { $0 } }
    return ([header] + body).joined(separator: "\n") + "\n"
  }

  private static let gap = 2

  private func fittedWidths(to limit: Int) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(CharacterWidth.of(columns[index].title)) {
        index < $1.count ? max($0, CharacterWidth.of($1[index])) : $0
      }
    }
    let flexible = columns.indices.filter { columns[$0].isFlexible }
    var excess = widths.reduce(Self.gap * (columns.count - 1), +) - limit
    while excess > 0, let widest = flexible.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 12
    {
      let next = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? 12
      let cut = min(excess, max(1, widths[widest] - max(next, 12)))
      widths[widest] -= cut
      excess -= cut
    }
    return widths
  }

  private func line(
    _ cells: [String], _ widths: [Int], _ style: (String) -> String
  ) -> String {
    var parts: [String] = []
    for (index, width) in widths.enumerated() {
      let cell = index < cells.count ? CharacterWidth.cut(cells[index], to: width) : ""
      let isLast = index == widths.count - 1
      parts.append(style(isLast ? cell : CharacterWidth.pad(cell, to: width)))
    }
    return parts.joined(separator: String(repeating: " ", count: Self.gap))
  }
}
