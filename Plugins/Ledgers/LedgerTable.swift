import DuikouPlugin
import DuikouReading

/// The cells of one table of a file, by row and column. A merged cell stands at every place that it covers.
struct LedgerTable {
  struct Cell {
    let text: String
    /// Bytes of the text in normal form, without what ends the cell.
    let range: Range<Int>
  }

  /// In the order of the file; columns count from 1.
  private(set) var rows: [[Int: Cell]] = []

  /// Rows and columns that a merged cell is taken to cover at most.
  private static let mostMerged: UInt32 = 512

  /// The tables of a document, in their order.
  static func all(in document: NormalDocument) -> [LedgerTable] {
    struct Key: Hashable {
      let page, table: UInt32
    }
    var order: [Key] = []
    var cells: [Key: [UInt32: [Int: Cell]]] = [:]
    for piece in document.placed(dk_piece.self)
    where piece.row.kind == UInt32(DK_PIECE_CELL) && piece.row.line > 0 && piece.row.column > 0 {
      let key = Key(page: piece.row.page, table: piece.row.table)
      if cells[key] == nil { order.append(key) }
      let cell = document.cell(piece.range)
      guard !cell.range.isEmpty else { continue }
      let lines = min(max(piece.row.lines, 1), mostMerged)
      let columns = min(max(piece.row.columns, 1), mostMerged)
      for line in piece.row.line..<(piece.row.line &+ lines) {
        for column in piece.row.column..<(piece.row.column &+ columns) {
          let isFirst = line == piece.row.line && column == piece.row.column
          if isFirst || cells[key]?[line]?[Int(column)] == nil {
            cells[key, default: [:]][line, default: [:]][Int(column)] = cell
          }
        }
      }
    }
    return order.compactMap { key in
      cells[key].map { lines in
        LedgerTable(rows: lines.sorted { $0.key < $1.key }.map(\.value))
      }
    }
  }
}

extension NormalDocument {
  /// A cell without the tab or line break behind it.
  fileprivate func cell(_ range: Range<Int>) -> LedgerTable.Cell {
    var range = range
    while range.count > 0, text.bytes[range.upperBound - 1] <= 0x20 {
      range = range.lowerBound..<(range.upperBound - 1)
    }
    return LedgerTable.Cell(text: text.string(range), range: range)
  }
}
