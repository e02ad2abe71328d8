/// A numeral as it stands in a text, without the words around it.
struct Numeral {
  var value: ScaledInteger
  /// The larger number of 七八十 or 3—5.
  var upper: ScaledInteger?
  /// Bytes, exclusive.
  var end: Int
  /// Whether it is written in Chinese characters.
  var isChinese: Bool
  /// The power of ten in 万, 亿 and so on behind the digits.
  var power = 0
  /// Whether 余, 多 or 几 stands in it or behind it.
  var isVague = false
  /// Whether it is written with 点.
  var isDecimal = false
  /// Whether it is a row of digits, such as 二〇一八.
  var isDigits = false

  func scaled(by shift: Int) -> Numeral? {
    guard let value = value.scaled(by: shift) else { return nil }
    var scaled = self
    scaled.value = value
    if let upper {
      guard let upper = upper.scaled(by: shift) else { return nil }
      scaled.upper = upper
    }
    scaled.power += shift
    return scaled
  }
}
