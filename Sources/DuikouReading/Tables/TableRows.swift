/// Goes through the rows of a table, and knows in each what merged cells cover it. Takes linear time in the cells,
/// whatever they say of their sizes.
public struct TableRows {
  private struct Slot {
    var cell = 0
    var lastLine = 0
  }

  /// Columns behind these are not looked at.
  public static let mostColumns = 256

  private let cells: [TableCell]
  private var slots: [Slot]
  private var end = 0
  /// The row, from 1; 0 before the first.
  public private(set) var line = 0
  /// The cells that begin in the row, by column.
  public private(set) var own: ArraySlice<TableCell> = []

  init(_ cells: [TableCell]) {
    self.cells = cells
    let width = cells.lazy.map { min($0.lastColumn, Self.mostColumns) }.max() ?? 0
    slots = Array(repeating: Slot(), count: width)
  }

  /// How many columns are looked at.
  public var width: Int { slots.count }

  /// Goes to the next row in which a cell begins; false behind the last.
  public mutating func next() -> Bool {
    guard end < cells.count else { return false }
    let start = end
    line = cells[start].line
    while end < cells.count, cells[end].line == line {
      let cell = cells[end]
      var column = cell.column
      while column <= min(cell.lastColumn, slots.count) {
        slots[column - 1] = Slot(cell: end, lastLine: cell.lastLine)
        column += 1
      }
      end += 1
    }
    own = cells[start..<end]
    return true
  }

  /// What stands in a column of the row: a cell of its own, or a merged one that covers the place.
  public func cell(at column: Int) -> TableCell? {
    guard 1...max(slots.count, 1) ~= column, column <= slots.count else { return nil }
    let slot = slots[column - 1]
    return line > 0 && slot.lastLine >= line ? cells[slot.cell] : nil
  }

  /// What stands in all columns of the row, from the first.
  public var all: [TableCell?] { (1..<width + 1).map { cell(at: $0) } }
}
