import DuikouText

/// The number in a cell, with the unit of the cell, the column or the whole table.
struct CellValue {
  let quantity: Quantity

  /// Reads a cell that holds nothing but a number; nil for anything else.
  init?(_ text: String, unit: String) {
    let number = text.filter { !$0.isWhitespace && $0 != "," && $0 != "，" }
    guard let last = number.last else { return nil }
    let hasUnit = !last.isNumber
    var whole = number + (hasUnit ? "" : unit)
    let read = whole.withUTF8 { bytes -> Quantity? in
      let text = SourceText(bytes)
      guard let quantity = Quantity.read(in: text, at: 0), quantity.range == text.range else {
        return nil
      }
      return quantity
    }
    guard let read else { return nil }
    quantity = read
  }

  /// The amount in fen; nil where it is no money, or no whole number of fen.
  var fen: Int64? {
    guard quantity.unit?.name == "元" else { return nil }
    return quantity.value.integer(scale: -2)
  }
}
