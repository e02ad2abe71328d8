/// Takes the characters of a numeral one after the other. Nothing can overflow: below 亿 there is one
/// section of four digits and one of 万, above it as much again, and rows of digits have 18 at most.
struct ChineseNumeralParser {
  /// A numeral's value.
  struct Result {
    let value: Int64
    /// The larger number of 七八十.
    let upper: Int64?
    /// Whether it is a row of digits, such as 二〇一八.
    let isDigits: Bool
  }

  private var total: Int64 = 0
  /// What stands behind the last 万 or 亿, without `digit`.
  private var section: Int64 = 0
  private var digit: Int64?
  /// How far the second digit of 七八十 is above the first.
  private var step: Int64 = 0
  /// How far the upper number is above the lower.
  private var spread: Int64 = 0
  /// The digits before the first unit.
  private var digits: [Int64] = []
  private var hasUnits = false
  private var isAfterZero = false
  private var hasHundredMillion = false
  private var lastUnit = 4
  private var lastGroup = 8
  /// The power of ten of the last unit or group.
  private var lastPower = 0

  /// Takes the next character; false where it cannot follow.
  mutating func take(_ character: NumeralCharacter) -> Bool {
    switch character {
    case .digit(let value): return takeDigit(Int64(value))
    case .unit(let power): return takeUnit(power)
    case .group(let power): return takeGroup(power)
    case .tens(let tens):
      guard digit == nil, digits.isEmpty, lastUnit > 1 else { return false }
      hasUnits = true
      digit = Int64(tens)
      return takeUnit(1)
    }
  }

  private mutating func takeDigit(_ value: Int64) -> Bool {
    if !hasUnits {
      digits.append(value)
      return digits.count <= 18
    }
    if value == 0 {
      isAfterZero = true
      return digit == nil
    }
    guard let first = digit else {
      digit = value
      return true
    }
    guard step == 0, value == first + 1 else { return false }
    step = 1
    return true
  }

  /// Makes of the digits so far one digit, or two in a row as in 七八.
  private mutating func endDigits() -> Bool {
    guard !hasUnits else { return true }
    hasUnits = true
    guard let first = digits.first else { return true }
    digit = first
    step = Int64(digits.count - 1)
    return first > 0 && (digits.count == 1 || digits.count == 2 && digits[1] == first + 1)
  }

  private mutating func takeUnit(_ power: Int) -> Bool {
    guard endDigits(), power < lastUnit, power == 1 || digit != nil else { return false }
    let scale = Self.power(power)
    section += (digit ?? 1) * scale
    spread += step * scale
    close(power)
    lastUnit = power
    return true
  }

  private mutating func takeGroup(_ power: Int) -> Bool {
    guard endDigits() else { return false }
    section += digit ?? 0
    spread += step
    if power == 4 {
      guard section > 0, lastGroup > 4 else { return false }
      total += section * Self.power(4)
      spread *= Self.power(4)
      lastGroup = 4
    } else {
      guard total + section > 0, !hasHundredMillion else { return false }
      total = (total + section) * Self.power(8)
      spread *= Self.power(8)
      hasHundredMillion = true
      lastGroup = 8
    }
    section = 0
    close(power)
    lastUnit = 4
    return true
  }

  private mutating func close(_ power: Int) {
    digit = nil
    step = 0
    isAfterZero = false
    lastPower = power
  }

  /// The number that was read; nil where it is none.
  func result() -> Result? {
    if !hasUnits { return plainDigits() }
    // 一百五 is 150, 三万五 35000, 一百零五 105.
    let isShort = digit != nil && !isAfterZero && lastPower > 1
    let scale = isShort ? Self.power(lastPower - 1) : 1
    let value = total + section + (digit ?? 0) * scale
    let spread = spread + step * scale
    return Result(value: value, upper: spread > 0 ? value + spread : nil, isDigits: false)
  }

  private func plainDigits() -> Result? {
    guard let first = digits.first else { return nil }
    if digits.count == 1 { return Result(value: first, upper: nil, isDigits: false) }
    // 七八个, 三五个.
    if digits.count == 2, first > 0, digits[1] > first {
      return Result(value: first, upper: digits[1], isDigits: false)
    }
    return Result(value: digits.reduce(0) { $0 * 10 + $1 }, upper: nil, isDigits: true)
  }

  private static func power(_ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { product, _ in product * 10 }
  }
}
