/// One table of a file, made of the pieces that a reader gave: its cells by row and column.
///
/// ```swift
/// for table in document.tables() {
///   var rows = table.rows
///   while rows.next() { print(rows.line, rows.cell(at: 1)) }
/// }
/// ```
public struct PieceTable: Sendable {
  /// The page or sheet; 0 where the file has none.
  public let page: Int
  /// Which of the page's tables it is.
  public let number: Int
  /// The texts directly above the table, such as its title: three at most, in order.
  public let above: [Range<Int>]
  /// Those that are not empty, by row and column; no two begin at one place.
  public let cells: [TableCell]

  /// Bytes that may stand between the pieces of one cell.
  private static let widestGap = 8

  /// Sorts the cells. Pieces of one cell, such as its lines on a page, become one where they adjoin; of others at
  /// one place the first counts. Empty ones are left out.
  public init(page: Int = 0, number: Int = 0, above: [Range<Int>] = [], cells: [TableCell]) {
    self.page = page
    self.number = number
    self.above = above
    var joined: [TableCell] = []
    joined.reserveCapacity(cells.count)
    for cell in Self.sorted(cells) where !cell.range.isEmpty {
      guard let last = joined.last, last.line == cell.line, last.column == cell.column else {
        joined.append(cell)
        continue
      }
      let gap = cell.range.lowerBound - last.range.upperBound
      guard 0...Self.widestGap ~= gap else { continue }
      joined[joined.count - 1] = TableCell(
        last.range.lowerBound..<cell.range.upperBound, line: last.line, column: last.column,
        lines: max(last.lines, cell.lines), columns: max(last.columns, cell.columns))
    }
    self.cells = joined
  }

  private static func sorted(_ cells: [TableCell]) -> [TableCell] {
    func isBefore(_ left: TableCell, _ right: TableCell) -> Bool {
      (left.line, left.column, left.range.lowerBound)
        < (right.line, right.column, right.range.lowerBound)
    }
    let isSorted = zip(cells, cells.dropFirst()).allSatisfy { !isBefore($1, $0) }
    return isSorted ? cells : cells.sorted(by: isBefore)
  }

  /// Goes through the rows that have cells, from the first.
  public var rows: TableRows { TableRows(cells) }
}
