/// An amount in RMB, exact to the fen.
///
/// ```swift
/// for amount in MoneyAmount.all(in: text) {
///   try append(amount.fen, evidence: amount.range)
/// }
/// ```
public struct MoneyAmount: Equatable, Sendable {
  /// 1/100 元.
  public let fen: Int64
  /// The other end of a range, in fen.
  public let upperFen: Int64?
  public let comparator: Comparator
  public let flags: StatementFlags
  /// Bytes.
  public let range: Range<Int>

  /// Nil where the quantity is not in 元, needs more than whole fen, or does not fit.
  public init?(_ quantity: Quantity) {
    guard quantity.unit?.kind == .money, let fen = quantity.value.integer(scale: -2) else {
      return nil
    }
    let upperFen = quantity.upper?.integer(scale: -2)
    guard upperFen != nil || quantity.upper == nil else { return nil }
    self.fen = fen
    self.upperFen = upperFen
    comparator = quantity.comparator
    flags = quantity.flags
    range = quantity.range
  }

  /// The amounts of a part of the text, in order. 3元5角 is one.
  public static func all(in text: SourceText, range: Range<Int>? = nil) -> [MoneyAmount] {
    Quantity.all(in: text, range: range).compactMap { MoneyAmount($0) }
  }
}
