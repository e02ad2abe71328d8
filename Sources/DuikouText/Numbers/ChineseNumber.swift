/// A number as a text states it: its exact value, and what the words around it say.
///
/// Read are digits with commas and a point, full-width or not; 万, 亿 and so on behind them; numerals in
/// Chinese characters, 二〇一八 and 廿 among them; percents, 百分之十五, 三分之一, 六成; ranges. Not read
/// are ordinals (第3), identifiers (3号, 〔2018〕33号, letters or further digits joined by . : - /), and
/// numbers that give no figure (数百, 上千).
public struct ChineseNumber: Equatable, Sendable {
  /// What the value counts.
  public enum Form: Equatable, Sendable {
    case plain
    /// %, 百分之, 成: 15 for 15%, 60 for 六成.
    case percent
    /// 个百分点.
    case percentagePoints
    /// ‰, 千分之.
    case perMille
    /// 三分之一: the value 1 of this many parts, 3.
    case fraction(of: Int64)
  }

  /// Which way something changed. The value is without sign.
  public enum Change: Sendable {
    case increase, decrease
  }

  public var value: ScaledInteger
  /// The other end of a range (3至5, 七八十), which is larger.
  public var upper: ScaledInteger?
  public var form: Form
  public var comparator: Comparator
  public var flags: StatementFlags
  /// Stated with `StatementFlags.delta`.
  public var change: Change?
  /// The numeral with % or 百分之, in bytes.
  public var numeral: Range<Int>
  /// The same with the words around it that say how the number is meant, and with the unit in a
  /// `Quantity`: 近1.2万名.
  public var range: Range<Int>
  /// Whether the numeral is in Chinese characters.
  public var isChinese: Bool
  /// The power of ten in 万, 亿 and so on behind the digits.
  var power = 0

  /// The number that begins at `offset`.
  public static func read(in text: SourceText, at offset: Int) -> ChineseNumber? {
    NumberReader(text).number(at: offset)
  }

  /// The numbers of a part of the text, in order. Dates are skipped, and so are numerals in Chinese
  /// characters that may be part of a word: of less than three characters, with nothing that says they
  /// are numbers. `Quantity` finds these by their units.
  public static func all(in text: SourceText, range: Range<Int>? = nil) -> [ChineseNumber] {
    NumberReader(text).numbers(in: range ?? text.range)
  }
}
