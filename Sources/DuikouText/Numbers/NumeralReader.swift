/// Reads numerals in a text.
struct NumeralReader {
  let text: SourceText
  let words = NumberWords.standard
  let units = UnitTable.standard

  /// No numeral has more digits, zeros at its beginning and behind the point among them.
  static let longest = 18

  init(_ text: SourceText) {
    self.text = text
  }

  /// The value of the digit at `offset`, full-width or not.
  func digit(at offset: Int) -> (value: Int64, width: Int)? {
    let scalar = text.scalar(at: offset)
    switch scalar.value {
    case 0x30...0x39: return (Int64(scalar.value - 0x30), scalar.width)
    case 0xff10...0xff19: return (Int64(scalar.value - 0xff10), scalar.width)
    default: return nil
    }
  }

  /// The numeral that begins at `offset`, in digits or Chinese characters, with 万 and 亿.
  func numeral(at offset: Int) -> Numeral? {
    if digit(at: offset) != nil { return mixedNumeral(at: offset) }
    guard NumeralCharacter(text.scalar(at: offset).value) != nil, !isWord(at: offset),
      words.notNumbers.longestMatch(in: text, at: offset) == nil
    else { return nil }
    return chineseNumeral(at: offset) ?? bareNumeral(at: offset)
  }

  /// Whether one of the characters that documents write for 二 or 六 stands alone, as in 着陆场.
  private func isWord(at offset: Int) -> Bool {
    let width = text.width(ofAny: ["陆", "陸", "伍", "參", "拾", "捌", "柒"], at: offset)
    return width > 0 && NumeralCharacter(text.scalar(at: offset + width).value) == nil
  }

  /// 超千万元: 百, 千, 万 or 亿 alone, behind a word that compares.
  private func bareNumeral(at offset: Int) -> Numeral? {
    guard words.bare.contains(where: { text.has($0, before: offset) }) else { return nil }
    var numeral = Numeral(value: ScaledInteger(1), end: offset, isChinese: true)
    while let power = power(at: numeral.end), power.exponent >= 2 {
      guard let scaled = numeral.scaled(by: power.exponent) else { return nil }
      numeral = scaled
      numeral.end = power.end
    }
    let isWhole = NumeralCharacter(text.scalar(at: numeral.end).value) == nil
    return numeral.end > offset && isWhole ? numeral : nil
  }

  /// The end of the digits or Chinese numerals, letters and signs among digits, that begin at `offset`.
  func runEnd(from offset: Int) -> Int {
    var at = offset
    while at < text.count {
      let scalar = text.scalar(at: at)
      let isPart =
        digit(at: at) != nil || NumeralCharacter(scalar.value) != nil
        || scalar.value < 0x80 && CharacterClass(scalar.value) == .letter
      let isJoint = ".:-/_@=&".unicodeScalars.contains { $0.value == scalar.value }
      guard isPart || isJoint && digit(at: at + 1) != nil else { break }
      at += scalar.width
    }
    return max(at, offset + max(1, text.scalar(at: offset).width))
  }

  /// 3.5万, 1亿2000万, 30多万.
  func mixedNumeral(at offset: Int) -> Numeral? {
    guard var total = digitsWithPower(at: offset) else { return nil }
    while total.power >= 4, !total.isVague, digit(at: total.end) != nil,
      let next = digitsWithPower(at: total.end), next.power > 0 || total.power == 4,
      next.power < total.power, let smaller = ScaledInteger(1).scaled(by: total.power),
      next.value.isLess(than: smaller), let sum = total.value.adding(next.value)
    {
      total.value = sum
      total.end = next.end
      total.power = next.power
      total.isVague = next.isVague
    }
    return total
  }

  func digitsWithPower(at offset: Int) -> Numeral? {
    guard let plain = decimal(at: offset) else { return nil }
    var numeral = plain
    var end = skipInfix(of: &numeral, at: plain.end)
    while let power = power(at: end) {
      guard let scaled = numeral.scaled(by: power.exponent) else { return nil }
      numeral = scaled
      numeral.end = power.end
      end = numeral.isVague ? numeral.end : skipInfix(of: &numeral, at: numeral.end)
    }
    return numeral
  }

  /// 十, 百, 千, 万 or 亿 behind digits, if it does not begin a unit such as 千伏.
  func power(at offset: Int) -> (exponent: Int, end: Int)? {
    let scalar = text.scalar(at: offset)
    if let unit = units.unit(in: text, at: offset), unit.end > offset + scalar.width { return nil }
    switch NumeralCharacter(scalar.value) {
    case .unit(let power), .group(let power): return (power, offset + scalar.width)
    default: return nil
    }
  }

  /// Digits with commas between groups of three, and a point.
  func decimal(at offset: Int) -> Numeral? {
    var at = offset
    var mantissa: Int64 = 0
    var exponent = 0
    var count = 0
    var hasCommas = false
    func take(_ digit: (value: Int64, width: Int)) -> Bool {
      count += 1
      mantissa = mantissa &* 10 &+ digit.value
      at += digit.width
      return count <= Self.longest
    }
    while let digit = digit(at: at) { if !take(digit) { return nil } }
    if (1...3).contains(count) {
      while let end = group(at: at) {
        at += comma(at: at)
        while at < end, let digit = digit(at: at) { if !take(digit) { return nil } }
        hasCommas = true
      }
    }
    let isIdentifier = digit(at: offset)?.value == 0 && count > 1 && !hasCommas
    guard count > 0, !isIdentifier else { return nil }
    let point = text.scalar(at: at)
    if point.value == 0x2e || point.value == 0xff0e, digit(at: at + point.width) != nil {
      at += point.width
      while let digit = digit(at: at) {
        if !take(digit) { return nil }
        exponent -= 1
      }
    }
    guard let value = ScaledInteger(mantissa, exponent: exponent) else { return nil }
    return Numeral(value: value, end: at, isChinese: false)
  }

  func comma(at offset: Int) -> Int {
    let scalar = text.scalar(at: offset)
    return scalar.value == 0x2c || scalar.value == 0xff0c ? scalar.width : 0
  }

  /// The end of a comma and three digits, behind which there is no fourth.
  func group(at offset: Int) -> Int? {
    var at = offset + comma(at: offset)
    guard at > offset else { return nil }
    for _ in 0..<3 {
      guard let digit = digit(at: at) else { return nil }
      at += digit.width
    }
    return digit(at: at) == nil ? at : nil
  }

  /// 余, 多 or 几 behind the digits; it counts if 万, 亿 or a unit follows.
  func skipInfix(of numeral: inout Numeral, at offset: Int) -> Int {
    guard let end = infixEnd(at: offset) else { return offset }
    guard power(at: end) != nil else { return offset }
    numeral.isVague = true
    return end
  }

  /// The end of 余, 多, 几 or 来 at `offset`.
  func infixEnd(at offset: Int) -> Int? {
    let width = text.width(ofAny: words.infixes, at: offset)
    return width > 0 ? offset + width : nil
  }
}
