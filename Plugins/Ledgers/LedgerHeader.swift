import DuikouReading
import DuikouText

/// The header of a ledger: up to three rows of which at least two columns are known.
struct LedgerHeader {
  let columns: [LedgerColumn]
  /// The row below which the ledger begins.
  let lastLine: Int
  /// The words of the header's cells, by which one is known that is printed again on the next page.
  let words: Set<String>
  /// What stands above it, within the table or before it.
  let above: [Range<Int>]

  /// Rows in which it may begin, and which it may have.
  private static let mostAbove = 12
  private static let mostRows = 3

  private struct Row {
    let line: Int
    let own: [TableCell]
    let all: [TableCell?]
  }

  /// Nil where the table has none that is known.
  init?(_ table: PieceTable, mapping: ColumnMapping, text: (TableCell) -> String) {
    var cursor = table.rows
    var rows: [Row] = []
    while rows.count < Self.mostAbove + Self.mostRows, cursor.next() {
      rows.append(Row(line: cursor.line, own: Array(cursor.own), all: cursor.all))
    }
    for start in rows.indices.prefix(Self.mostAbove) where rows[start].own.count > 1 {
      if rows[start].own.contains(where: { LedgerRow.isLabel(text($0)) }) { continue }
      let header = Self.stacks(rows[start...].prefix(Self.mostRows), mapping, text)
      let columns = Self.columns(header.stacks, mapping, text)
      let names = Set(columns.map(\.indicator))
      guard names.count > 1, columns.contains(where: { $0.field != .none }) else { continue }
      let last = start + header.count - 1
      self.columns = columns
      lastLine = max(rows[last].line, rows[start].line)
      words = Set(
        rows[start...last].flatMap(\.own).map { ColumnHeader(text($0)).word })
      above = table.above + rows[..<start].flatMap(\.own).map(\.range)
      return
    }
    return nil
  }

  /// The cells of the header by column, each column's from top to bottom, and how many rows they are.
  private static func stacks(
    _ rows: ArraySlice<Row>, _ mapping: ColumnMapping, _ text: (TableCell) -> String
  ) -> (stacks: [[TableCell]], count: Int) {
    guard let first = rows.first else { return ([], 0) }
    var stacks = first.all.map { $0.map { [$0] } ?? [] }
    var count = 1
    // A cell over several rows says where the header ends, unless all are.
    var last = first.line + min(first.own.map(\.lines).max() ?? 1, Self.mostRows) - 1
    for row in rows.dropFirst() {
      let isBelow = isContinued(stacks, by: row, mapping, text)
      guard row.line <= last || isBelow else { break }
      stacks = spread(stacks, over: row)
      for (index, cell) in row.all.enumerated() {
        if let cell, stacks[index].last != cell { stacks[index].append(cell) }
      }
      count += 1
      if isBelow { last = max(last, row.own.map(\.lastLine).min() ?? row.line) }
    }
    return (stacks, count)
  }

  /// Whether a row parts the columns of the header above it, and is none of the ledger's own: it has words only,
  /// each below a wide cell or none, and nothing below the columns that every row fills.
  private static func isContinued(
    _ stacks: [[TableCell]], by row: Row, _ mapping: ColumnMapping, _ text: (TableCell) -> String
  ) -> Bool {
    let keys: Set<ColumnField> = [.projectName, .action, .none]
    var parts = false
    for cell in row.own {
      guard cell.column <= stacks.count else { return false }
      guard CellValue(text(cell), unit: "") == nil else { return false }
      let above = stacks[cell.column - 1]
      let headers = above.map { ColumnHeader(text($0)) }
      let isWide = above.last.map { $0.columns > 1 } ?? true
      parts = parts || isWide
      if !isWide, let known = mapping.field(of: headers), keys.contains(known.field) {
        return false
      }
    }
    return parts
  }

  /// In files without merged cells, a header holds for the empty places at its right that have words below them.
  private static func spread(_ stacks: [[TableCell]], over row: Row) -> [[TableCell]] {
    var stacks = stacks
    for index in stacks.indices.dropFirst()
    where stacks[index].isEmpty && row.all[index] != nil && row.all[index - 1] != nil {
      stacks[index] = stacks[index - 1]
    }
    return stacks
  }

  private static func columns(
    _ stacks: [[TableCell]], _ mapping: ColumnMapping, _ text: (TableCell) -> String
  ) -> [LedgerColumn] {
    stacks.enumerated().compactMap { index, cells in
      let headers = cells.map { ColumnHeader(text($0)) }
      return mapping.field(of: headers).map {
        let words = headers.filter { !$0.isText }.map(\.word).filter { !$0.isEmpty }
        return LedgerColumn(
          number: index + 1, field: $0.field, indicator: words.joined(separator: "/"),
          unit: $0.unit)
      }
    }
  }
}
