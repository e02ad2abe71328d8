extension NumberReader {
  func numbers(in range: Range<Int>) -> [ChineseNumber] {
    var found: [ChineseNumber] = []
    scan(range) { at in
      guard let number = number(at: at) else { return nil }
      let isSure =
        !number.isChinese || number.form != .plain || number.numeral.count >= 9
        || number.comparator != .equal || !number.flags.isEmpty
      if isSure { found.append(number) }
      return number.range.upperBound
    }
    return found
  }

  func quantities(in range: Range<Int>) -> [Quantity] {
    var found: [Quantity] = []
    scan(range) { at in
      guard let quantity = quantity(at: at) else { return nil }
      if isStated(quantity) { found.append(quantity) }
      return quantity.range.upperBound
    }
    return found
  }

  /// Whether something says that it is a quantity.
  private func isStated(_ quantity: Quantity) -> Bool {
    let number = quantity.number
    let isQualified = number.comparator != .equal || !number.flags.isEmpty
    guard let unit = quantity.unit else {
      if number.form != .plain || number.power >= 4 { return true }
      return !number.isChinese && isQualified
    }
    let isArticle =
      number.isChinese && number.value == ScaledInteger(1) && number.upper == nil
      && unit.kind != .time && unit.kind != .money
    return !isArticle || isQualified
  }

  /// Characters with which a number may begin.
  private static let starters = ScalarSet { scalar in
    0x30...0x39 ~= scalar || 0xff10...0xff19 ~= scalar || NumeralCharacter(scalar) != nil
  }

  /// Calls `read` where a number may begin; it returns the end of what it found there.
  private func scan(_ range: Range<Int>, _ read: (Int) -> Int?) {
    let range = range.clamped(to: text.range)
    let dates = DateTermReader(text)
    var at = range.lowerBound
    while true {
      at = Self.starters.first(in: text, range: at..<range.upperBound)
      guard at < range.upperBound else { break }
      let scalar = text.scalar(at: at)
      let end = dates.end(ofDateAround: at) ?? read(at) ?? numerals.runEnd(from: at)
      at = max(end, at + scalar.width)
    }
  }
}
