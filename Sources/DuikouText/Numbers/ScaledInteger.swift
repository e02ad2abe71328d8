/// An exact decimal: `mantissa` times ten to the power of `exponent`. There is one form for each value:
/// whole numbers have the exponent 0 as long as they fit, others no zeros at the end.
public struct ScaledInteger: Hashable, Sendable, CustomStringConvertible {
  public let mantissa: Int64
  /// -18 to 36.
  public let exponent: Int

  public static let exponents = -18...36

  /// Nil where the number would need another exponent than `exponents` has.
  public init?(_ mantissa: Int64, exponent: Int = 0) {
    guard (-1000...1000).contains(exponent) else { return nil }
    var mantissa = mantissa
    var exponent = mantissa == 0 ? 0 : exponent
    while exponent < 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
    while exponent > 0 {
      let (product, isTooBig) = mantissa.multipliedReportingOverflow(by: 10)
      if isTooBig { break }
      mantissa = product
      exponent -= 1
    }
    guard Self.exponents.contains(exponent) else { return nil }
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// A whole number.
  public init(_ mantissa: Int64) {
    self.mantissa = mantissa
    exponent = 0
  }

  /// This number times a power of ten; nil where it cannot be held.
  public func scaled(by power: Int) -> ScaledInteger? {
    guard (-100...100).contains(power) else { return nil }
    return ScaledInteger(mantissa, exponent: exponent + power)
  }

  /// This number in units of ten to the power of `power`, if it is a whole number of them and fits.
  public func integer(scale power: Int = 0) -> Int64? {
    guard (-100...100).contains(power) else { return nil }
    var shift = exponent - power
    var value = mantissa
    while shift < 0 {
      guard value % 10 == 0 else { return nil }
      value /= 10
      shift += 1
    }
    while shift > 0, value != 0 {
      let (product, isTooBig) = value.multipliedReportingOverflow(by: 10)
      if isTooBig { return nil }
      value = product
      shift -= 1
    }
    return value
  }

  /// The sum; nil where it cannot be held.
  public func adding(_ other: ScaledInteger) -> ScaledInteger? {
    let scale = min(exponent, other.exponent)
    guard let left = integer(scale: scale), let right = other.integer(scale: scale) else {
      return nil
    }
    let (sum, isTooBig) = left.addingReportingOverflow(right)
    return isTooBig ? nil : ScaledInteger(sum, exponent: scale)
  }

  /// The number with the other sign; nil where it cannot be held.
  public var negated: ScaledInteger? {
    let (value, isTooBig) = Int64(0).subtractingReportingOverflow(mantissa)
    return isTooBig ? nil : ScaledInteger(value, exponent: exponent)
  }

  /// Whether this number is smaller; numbers too far apart to be compared exactly are compared as
  /// `Double`.
  public func isLess(than other: ScaledInteger) -> Bool {
    let scale = min(exponent, other.exponent)
    guard let left = integer(scale: scale), let right = other.integer(scale: scale) else {
      return double < other.double
    }
    return left < right
  }

  /// The nearest floating-point number or one beside it.
  public var double: Double {
    var power = 1.0
    for _ in 0..<abs(exponent) { power *= 10 }
    return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
  }

  public var description: String {
    if exponent >= 0 { return exponent == 0 ? "\(mantissa)" : "\(mantissa)e\(exponent)" }
    let digits = String(mantissa.magnitude)
    let missing = max(0, 1 - exponent - digits.count)
    let padded = String(repeating: "0", count: missing) + digits
    let point = padded.index(padded.endIndex, offsetBy: exponent)
    return (mantissa < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
  }
}
