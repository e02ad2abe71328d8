import DuikouReading
import DuikouText

/// A table whose header is known, with what its title says for all rows.
struct Ledger {
  let header: LedgerHeader
  /// Of all amounts without one of their own, from 单位:万元 above the header; empty where it says none.
  let unit: String
  /// Of days without a year, from the title; nil where it names none.
  let year: Int?
  private let context: LedgerContext
  private let byField: [ColumnField: [LedgerColumn]]
  private let byNumber: [Int: LedgerColumn]

  /// Nil where the table has no header that is known.
  init?(_ table: PieceTable, mapping: ColumnMapping, context: LedgerContext) {
    guard let header = LedgerHeader(table, mapping: mapping, text: { context.text(of: $0) })
    else { return nil }
    self.header = header
    self.context = context
    byField = Dictionary(grouping: header.columns, by: \.field)
    byNumber = Dictionary(uniqueKeysWithValues: header.columns.map { ($0.number, $0) })
    unit =
      header.above.lazy.compactMap { Self.unit(in: context.document.text.string($0)) }
      .first { _ in true } ?? ""
    year = header.above.lazy.compactMap { context.year(in: $0) }.first { _ in true }
  }

  /// 单位:万元, and (万元) at the end of a title.
  private static func unit(in text: String) -> String? {
    for word in text.ranges(of: "单位") {
      let unit = text[word.upperBound...].drop { ": ".contains($0) }.prefix {
        !") ,;、".contains($0)
      }
      if String(unit).isUnit { return String(unit) }
    }
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return nil }
    let unit = String(text[text.index(after: open)...].dropLast())
    return unit.hasSuffix("元") && unit.isUnit ? unit : nil
  }

  /// Whether the row is one of the ledger's own: no part of the header, no sum, no note, no title of what follows.
  func isOwn(_ row: TableRows) -> Bool {
    guard row.line > header.lastLine, let first = row.own.first else { return false }
    if row.own.count == 1, header.columns.count > 1, first.columns > 1 || isAlone(first, row) {
      return false
    }
    if LedgerRow.isNote(context.text(of: first)) { return false }
    let cells = row.own.prefix(TableRows.mostColumns)
    let hasSum = cells.contains { isSum($0) && byNumber[$0.column]?.field != .action }
    if hasSum || cell(.projectName, in: row).map({ isSum($0) }) == true { return false }
    if row.line == header.lastLine + 1,
      LedgerRow.isNumbering(cells.map { context.text(of: $0) })
    {
      return false
    }
    return cells.count < 2
      || !cells.allSatisfy { header.words.contains(ColumnHeader(context.text(of: $0)).word) }
  }

  /// Most cells have no 计, and are not read.
  private func isSum(_ cell: TableCell) -> Bool {
    cell.range.count <= LedgerRow.longestSum
      && context.document.text.firstOffset(of: "计", in: cell.range) != nil
      && LedgerRow.isSum(context.text(of: cell))
  }

  /// Whether a cell stands in a row where nothing else does, not even a merged one: a title or a note.
  private func isAlone(_ cell: TableCell, _ row: TableRows) -> Bool {
    byNumber.keys.allSatisfy { row.cell(at: $0).map { $0 == cell } ?? true }
      && header.columns.count > 2
  }

  /// The cells of a row in columns that hold a field, from the first.
  func cells(
    _ field: ColumnField, in row: TableRows
  ) -> some Sequence<(column: LedgerColumn, cell: TableCell)> {
    (byField[field] ?? []).lazy.compactMap { column in
      row.cell(at: column.number).map { (column, $0) }
    }
  }

  /// The first of them.
  func cell(_ field: ColumnField, in row: TableRows) -> TableCell? {
    cells(field, in: row).first { _ in true }?.cell
  }

  /// The column of a cell that begins in it.
  func column(of cell: TableCell) -> LedgerColumn? { byNumber[cell.column] }

  /// The number in a cell; nil where there is none.
  func value(of cell: TableCell, _ column: LedgerColumn) -> CellValue? {
    let isMoney = [.projectAmount, .money].contains(column.field)
    return CellValue(
      context.text(of: cell), unit: column.unit.isEmpty && isMoney ? unit : column.unit)
  }
}
