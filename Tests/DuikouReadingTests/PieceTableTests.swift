import DuikouReading
import Testing

@Suite("A table made of pieces")
struct PieceTableTests {
  /// Goes through all rows: where the cell begins that stands in each column, from the first; -1 for none.
  private func grid(_ cells: [TableCell]) -> [[Int]] {
    var rows = PieceTable(cells: cells).rows
    var grid: [[Int]] = []
    while rows.next() { grid.append([rows.line] + rows.all.map { $0?.range.lowerBound ?? -1 }) }
    return grid
  }

  @Test("has its cells by row and column, whatever their order, and no row without cells")
  func order() {
    let cells = [
      TableCell(9..<10, line: 4, column: 1), TableCell(3..<4, line: 1, column: 3),
      TableCell(1..<2, line: 1, column: 1), TableCell(5..<5, line: 2, column: 1),
    ]
    #expect(grid(cells) == [[1, 1, -1, 3], [4, 9, -1, -1]])
  }

  @Test("without cells has no rows")
  func empty() {
    var rows = PieceTable(cells: []).rows
    #expect(rows.cell(at: 1) == nil && !rows.next() && rows.line == 0 && rows.all.isEmpty)
  }

  @Test("has a merged cell at all places that it covers, and no further")
  func merged() {
    let cells = [
      TableCell(1..<2, line: 1, column: 1, lines: 2, columns: 2),
      TableCell(2..<3, line: 1, column: 3), TableCell(3..<4, line: 2, column: 3),
      TableCell(4..<5, line: 3, column: 3),
    ]
    #expect(grid(cells) == [[1, 1, 1, 2], [2, 1, 1, 3], [3, -1, -1, 4]])
  }

  @Test("has the cell that begins at a place where others claim to cover it")
  func overlapping() {
    let cells = [
      TableCell(1..<2, line: 1, column: 1, columns: 3), TableCell(2..<3, line: 1, column: 2),
      TableCell(3..<4, line: 2, column: 1, lines: 2), TableCell(4..<5, line: 3, column: 1),
    ]
    #expect(grid(cells) == [[1, 1, 2, 1], [2, 3, -1, -1], [3, 4, -1, -1]])
  }

  @Test("looks at so many columns, whatever a cell says")
  func wide() {
    let most = Int(UInt32.max)
    var rows = PieceTable(cells: [
      TableCell(1..<2, line: 1, column: 2, lines: most, columns: most),
      TableCell(2..<3, line: most, column: most, lines: most, columns: most),
    ]).rows
    #expect(rows.width == TableRows.mostColumns)
    #expect(rows.next() && rows.cell(at: 1) == nil && rows.cell(at: 256)?.range == 1..<2)
    #expect(rows.cell(at: 0) == nil && rows.cell(at: 257) == nil)
    #expect(rows.next() && rows.line == most && rows.own.count == 1)
    #expect(rows.cell(at: 2)?.range == 1..<2 && !rows.next())
  }

  @Test("makes one cell of pieces that adjoin, and leaves out others at its place")
  func lines() {
    let cells = [
      TableCell(1..<4, line: 1, column: 1, lines: 2), TableCell(5..<8, line: 1, column: 1),
      TableCell(90..<94, line: 1, column: 1),
    ]
    #expect(PieceTable(cells: cells).cells == [TableCell(1..<8, line: 1, column: 1, lines: 2)])
  }
}
