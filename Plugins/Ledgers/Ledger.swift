import DuikouText

/// A table with a header: what its columns hold, and its rows.
struct Ledger {
  struct Column {
    let index: Int
    let header: ColumnHeader
    let field: ColumnMapping.Field
  }

  let columns: [Column]
  /// Without the title, the header, sums and what stands below the table.
  let rows: [[Int: LedgerTable.Cell]]
  /// The unit of all amounts without one of their own: 单位：万元 above the header.
  let unit: String

  private static let mostRowsAbove = 12
  private static let sums = ["合计", "小计", "总计", "共计"]
  private static let endings = ["填表", "制表", "审核", "注:", "注：", "说明", "联系人:", "单位负责人"]

  /// Finds the header: the first row of which two columns at least are known. Nil where there is none.
  init?(_ table: LedgerTable, mapping: ColumnMapping) {
    let found = table.rows.prefix(Self.mostRowsAbove).enumerated().lazy.compactMap {
      index, row -> (index: Int, columns: [Column])? in
      let columns = row.sorted { $0.key < $1.key }.compactMap { column, cell -> Column? in
        let header = ColumnHeader(cell.text)
        let field =
          mapping.field(of: header) ?? (header.unit.isEmpty ? nil : ColumnMapping.Field.figure)
        return field.map { Column(index: column, header: header, field: $0) }
      }
      let isHeader = Set(columns.map(\.header.word)).count >= 2
      return isHeader ? (index, columns) : nil
    }.first
    guard let found else { return nil }
    columns = found.columns
    unit = Self.unit(above: table.rows[..<found.index])
    var rows: [[Int: LedgerTable.Cell]] = []
    for row in table.rows[(found.index + 1)...] {
      let words = row.values.map(\.text)
      if words.contains(where: { word in Self.endings.contains(where: word.hasPrefix) }) { break }
      if words.contains(where: { word in Self.sums.contains(where: word.hasPrefix) }) { continue }
      rows.append(row)
    }
    self.rows = rows
  }

  private static func unit(above rows: ArraySlice<[Int: LedgerTable.Cell]>) -> String {
    for cell in rows.flatMap(\.values) {
      guard let word = cell.text.firstRange(of: "单位") else { continue }
      let unit = cell.text[word.upperBound...].drop { ":： ".contains($0) }
        .prefix { !")） ,，".contains($0) }
      if !unit.isEmpty { return String(unit) }
    }
    return ""
  }

  /// The first cell of a row in a column that holds a field.
  func cell(_ field: ColumnMapping.Field, of row: [Int: LedgerTable.Cell]) -> LedgerTable.Cell? {
    columns.lazy.filter { $0.field == field }.compactMap { row[$0.index] }.first
  }
}
