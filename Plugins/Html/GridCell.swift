import DuikouPlugin

/// The place of a cell in a table of a file. Numbers count from 1.
struct GridCell {
  /// Page or sheet, and the table of that.
  let page, table: UInt32
  let line, column: Int
  /// How many columns it covers. That it covers lines below is not shown: there it leaves empty cells.
  let columns: Int

  /// Those of the widest sheets; browsers take cells over fewer columns only.
  private static let mostColumns = 16_384
  private static let widestCell = 1000

  /// Returns nil for what is no cell, or of no line or column.
  init?(_ piece: dk_piece) {
    guard piece.kind == UInt32(DK_PIECE_CELL), piece.line > 0, piece.column > 0,
      piece.column <= Self.mostColumns
    else { return nil }
    (page, table) = (piece.page, piece.table)
    (line, column) = (Int(piece.line), Int(piece.column))
    columns = min(max(1, Int(piece.columns)), Self.widestCell)
  }

  func isInTable(of other: GridCell) -> Bool { page == other.page && table == other.table }

  /// What opens the cell behind another one of the same table or, where that is nil, the table.
  func opening(behind last: GridCell?) -> Markup {
    var markup: Markup = last == nil ? "<table class=\"grid\">\n" : ""
    if line != last?.line {
      markup += last == nil ? "<tr>" : "</tr>\n<tr>"
    }
    // Cells without text are no pieces.
    let next = last.flatMap { $0.line == line ? $0.column + $0.columns : nil } ?? 1
    var gap = column - next
    while gap > 0 {
      let width = min(gap, Self.widestCell)
      markup += Self.cell(width)
      markup += "</td>"
      gap -= width
    }
    markup += Self.cell(columns)
    return markup
  }

  private static func cell(_ columns: Int) -> Markup {
    columns > 1 ? "<td colspan=\"\(columns)\">" : "<td>"
  }
}
