/// A table of text: one row a line, cells separated by tabs, `-` for an empty cell. Lines that begin
/// with `#` are comments.
///
/// The extractors keep what they know in such files, so that it can be read and corrected without
/// reading code.
public struct DataTable: Sendable {
  /// The rows, each with at least one cell.
  public let rows: [Row]

  /// One row.
  public struct Row: Sendable {
    let cells: [Substring]

    /// The cell of a column, counted from 0; empty where the row has none.
    public subscript(column: Int) -> String {
      column < cells.count && cells[column] != "-" ? String(cells[column]) : ""
    }

    /// The parts of a cell between commas.
    public func list(_ column: Int) -> [String] {
      self[column].split(separator: ",").map(String.init)
    }
  }

  /// What is wrong with an office's own rows.
  public struct Flaw: Error, Hashable {
    /// From 1; nil where it is the whole of them.
    public let line: Int?
    public let problem: String
  }

  /// The table with an office's own rows before it, from UTF-8; the table itself where there are none.
  ///
  /// Of two rows for one word the first counts, so that the office has the last word. `kinds` is a column whose cells,
  /// or their parts between commas, say what a row is: others than the table has there, or `more`, have no meaning, and
  /// are refused. An empty cell takes a word out.
  public func preceded(
    by bytes: [UInt8]?, kinds: Int? = nil, more: [String] = []
  ) throws(Flaw) -> DataTable {
    guard let bytes else { return self }
    // Programs put a mark in front of what they save as UTF-8.
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let rest = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    guard let text = String(validating: rest, as: UTF8.self) else {
      throw Flaw(line: nil, problem: "it is not UTF-8: save it as UTF-8")
    }
    let own = Self.lines(of: text)
    let known = Set(more + rows.flatMap { row in kinds.map(row.list) ?? [] })
    let least = max(min(2, rows.map(\.cells.count).min() ?? 1), kinds.map { $0 + 1 } ?? 1)
    for (line, row) in own {
      guard row.cells.count >= least else {
        throw Flaw(
          line: line,
          problem: "it has \(row.cells.count) of \(least) cells: put a tab between them, not blanks"
        )
      }
      guard let kinds else { continue }
      if let strange = row.list(kinds).first(where: { !known.contains($0) }) {
        throw Flaw(
          line: line,
          problem: "“\(strange)” is none of \(known.sorted().joined(separator: ", "))")
      }
    }
    return DataTable(rows: own.map(\.row) + rows)
  }

  private init(rows: [Row]) {
    self.rows = rows
  }

  /// Reads a table from UTF-8.
  public init(_ bytes: some Collection<UInt8>) {
    self.init(rows: Self.lines(of: String(decoding: bytes, as: UTF8.self)).map(\.row))
  }

  /// The rows with the numbers of their lines, from 1.
  private static func lines(of text: String) -> [(line: Int, row: Row)] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .filter { !$1.isEmpty && !$1.hasPrefix("#") }.map { index, line in
        (index + 1, Row(cells: line.split(separator: "\t", omittingEmptySubsequences: false)))
      }
  }
}
