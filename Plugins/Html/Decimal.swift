/// A number times a power of ten, as people write it.
struct Decimal: CustomStringConvertible {
  private let value: Int64
  private let exponent: Int

  init(_ value: Int64, exponent: Int) {
    self.value = value
    self.exponent = exponent
  }

  /// Digits in groups of three, with a point; as it is stored where the exponent is out of all measure.
  var description: String {
    guard (-18...36).contains(exponent) else { return "\(value)e\(exponent)" }
    var digits = String(value.magnitude)
    if exponent > 0, value != 0 { digits += String(repeating: "0", count: exponent) }
    let places = max(0, -exponent)
    if digits.count <= places {
      digits = String(repeating: "0", count: places + 1 - digits.count) + digits
    }
    let whole = String(digits.dropLast(places))
    let rest = places > 0 ? "." + digits.suffix(places) : ""
    return (value < 0 ? "-" : "") + grouped(whole) + rest
  }

  private func grouped(_ digits: String) -> String {
    var groups: [Substring] = []
    var left = digits[...]
    while left.count > 3 {
      groups.append(left.suffix(3))
      left = left.dropLast(3)
    }
    groups.append(left)
    return groups.reversed().joined(separator: ",")
  }
}
