import DuikouText

/// The number in a cell, with the unit of the cell, the column or the whole table.
struct CellValue {
  let quantity: Quantity

  /// Characters of the longest number.
  private static let longest = 48

  /// Reads a cell that holds nothing but a number; nil for anything else.
  init?(_ text: String, unit: String) {
    guard text.utf8.count <= Self.longest else { return nil }
    let number = text.filter { !$0.isWhitespace && $0 != "," }
    guard let own = Quantity(whole: number) else { return nil }
    let hasUnit = own.unit != nil || own.number.form != .plain
    if hasUnit || unit.isEmpty {
      // 2019年 is a year, and no number of years.
      guard own.unit?.kind != .time || unit == own.unit?.name else { return nil }
      quantity = own
      return
    }
    // 300万 below 万元 is no 万万元.
    let isScaled = number.last.map { "万亿".contains($0) } ?? false
    let rest = isScaled ? String(unit.drop { "十百千万亿".contains($0) }) : unit
    guard let read = Quantity(whole: number + rest) else { return nil }
    quantity = read
  }

  /// The amount in fen; nil where it is no money, a range, or no whole number of fen.
  var fen: Int64? {
    guard quantity.unit?.name == "元", quantity.upper == nil else { return nil }
    return quantity.value.integer(scale: -2)
  }
}

extension Quantity {
  /// The quantity that a string is from end to end; nil where it is none.
  init?(whole string: String) {
    var string = string
    let read = string.withUTF8 { bytes -> Quantity? in
      let text = SourceText(bytes)
      // 约120 does not begin with its number.
      let read = Quantity.read(in: text, at: 0) ?? Quantity.all(in: text).first
      return read.flatMap { $0.range == text.range ? $0 : nil }
    }
    guard let read else { return nil }
    self = read
  }
}
