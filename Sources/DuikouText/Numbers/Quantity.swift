/// A number with what it counts or measures.
///
/// ```swift
/// for quantity in Quantity.all(in: text) {
///   row.value = quantity.value.mantissa
///   try document.append(row, evidence: quantity.range, flags: Int(quantity.flags.rawValue))
/// }
/// ```
public struct Quantity: Equatable, Sendable {
  public var number: ChineseNumber
  /// Nil for percents and fractions, and where only 万, 亿 or a word such as 超过 shows that it is a
  /// quantity (242亿订单). Of 106万村民 it is 人, by the noun.
  public var unit: QuantityUnit?

  public var value: ScaledInteger { number.value }
  public var upper: ScaledInteger? { number.upper }
  public var comparator: Comparator { number.comparator }
  public var flags: StatementFlags { number.flags }
  /// From the first to the last word that belongs to the statement, in bytes: 近1.2万名.
  public var range: Range<Int> { number.range }

  /// The unit's name; that of percents and the like is their sign.
  public var unitName: String? {
    switch number.form {
    case .percent: "%"
    case .percentagePoints: "个百分点"
    case .perMille: "‰"
    case .fraction(let parts): "1/\(parts)"
    case .plain: unit?.name
    }
  }

  /// The quantity whose number begins at `offset`, with or without a unit.
  public static func read(in text: SourceText, at offset: Int) -> Quantity? {
    NumberReader(text).quantity(at: offset)
  }

  /// The quantities of a part of the text, in order. Dates are none, durations (三年) are. 一 with a word
  /// such as 个 is an article, and left out unless 近, 超过 or the like stands with it.
  public static func all(in text: SourceText, range: Range<Int>? = nil) -> [Quantity] {
    NumberReader(text).quantities(in: range ?? text.range)
  }
}
