/// A cell of a table, with the rows and columns that it covers; both count from 1.
public struct TableCell: Equatable, Sendable {
  /// Bytes of the text in normal form, without the blanks around them.
  public let range: Range<Int>
  public let line: Int
  public let column: Int
  /// How many rows and columns it covers; 1 where it is not merged.
  public let lines: Int
  public let columns: Int

  /// Counts below 1 are taken for 1.
  public init(_ range: Range<Int>, line: Int, column: Int, lines: Int = 1, columns: Int = 1) {
    self.range = range
    self.line = line
    self.column = column
    self.lines = max(lines, 1)
    self.columns = max(columns, 1)
  }

  /// The last row and the last column that it covers.
  public var lastLine: Int { line + lines - 1 }
  public var lastColumn: Int { column + columns - 1 }
}
