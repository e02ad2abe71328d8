extension NumeralReader {
  /// The numeral in Chinese characters at `offset`, whatever stands behind it.
  func chinese(at offset: Int) -> Numeral? {
    NumeralCharacter(text.scalar(at: offset).value) == nil ? nil : chineseNumeral(at: offset)
  }

  func chineseNumeral(at offset: Int) -> Numeral? {
    var parser = ChineseNumeralParser()
    var at = offset
    while true {
      let scalar = text.scalar(at: at)
      guard let character = NumeralCharacter(scalar.value) else { break }
      guard parser.take(character) else { return nil }
      at += scalar.width
    }
    guard let result = parser.result() else { return nil }
    var numeral = Numeral(
      value: ScaledInteger(result.value), upper: result.upper.map { ScaledInteger($0) }, end: at,
      isChinese: true)
    numeral.isDigits = result.isDigits
    numeral.isVague = result.upper != nil
    if let decimal = chineseFraction(behind: numeral) { numeral = decimal }
    return vague(numeral)
  }

  /// 二十余万: what stands behind 余 multiplies all of it.
  private func vague(_ numeral: Numeral) -> Numeral? {
    guard let end = infixEnd(at: numeral.end), let power = power(at: end), power.exponent >= 4
    else {
      guard numeral.isVague || numeral.isDecimal, let power = power(at: numeral.end) else {
        return numeral
      }
      return scaled(numeral, by: power)
    }
    var numeral = numeral
    numeral.isVague = true
    return scaled(numeral, by: power)
  }

  func scaled(_ numeral: Numeral, by power: (exponent: Int, end: Int)) -> Numeral? {
    var scaled = numeral.scaled(by: power.exponent)
    scaled?.end = power.end
    if let next = self.power(at: power.end), next.exponent == 8 {
      scaled = scaled?.scaled(by: 8)
      scaled?.end = next.end
    }
    return scaled
  }

  /// 三点五.
  func chineseFraction(behind numeral: Numeral) -> Numeral? {
    guard !numeral.isVague, text.has("点", at: numeral.end) || text.has("點", at: numeral.end) else {
      return nil
    }
    var at = numeral.end + 3
    var value = numeral.value
    var places = 0
    while true {
      let scalar = text.scalar(at: at)
      guard case .digit(let digit) = NumeralCharacter(scalar.value) else { break }
      places += 1
      guard places <= 9, let part = ScaledInteger(Int64(digit), exponent: -places),
        let sum = value.adding(part)
      else { return nil }
      value = sum
      at += scalar.width
    }
    // 三点五十分 is a time.
    if case .unit = NumeralCharacter(text.scalar(at: at).value) { return nil }
    guard places > 0 else { return nil }
    var decimal = numeral
    decimal.value = value
    decimal.end = at
    decimal.isDecimal = true
    return decimal
  }
}
