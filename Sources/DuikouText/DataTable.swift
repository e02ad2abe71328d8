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

  /// The table with an office's own rows before it, from UTF-8; the table itself where there are none.
  ///
  /// Of two rows for one word the first counts, so that the office has the last word.
  public func preceded(by bytes: [UInt8]?) -> DataTable {
    bytes.map { DataTable(rows: DataTable($0).rows + rows) } ?? self
  }

  private init(rows: [Row]) {
    self.rows = rows
  }

  /// Reads a table from UTF-8.
  public init(_ bytes: some Collection<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    rows = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }.map {
      Row(cells: $0.split(separator: "\t", omittingEmptySubsequences: false))
    }
  }
}
