/// A column of a ledger that is known.
struct LedgerColumn: Equatable {
  /// From 1.
  let number: Int
  let field: ColumnField
  /// What it is called, with the header above it where there are several: 资金/京方.
  let indicator: String
  /// Empty where its numbers have none.
  let unit: String
}
