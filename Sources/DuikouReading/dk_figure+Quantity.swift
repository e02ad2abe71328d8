import DuikouPlugin
import DuikouText

extension dk_figure {
  /// The numbers of a quantity; neither its unit nor what it counts, which are strings of a call.
  public init(_ quantity: Quantity) {
    self.init()
    value = quantity.value.mantissa
    state(1)
    exponent = Int32(quantity.value.exponent)
    if exponent != 0 { state(3) }
    if let upper = quantity.upper?.integer(scale: quantity.value.exponent) {
      self.upper = upper
      state(2)
    }
    if quantity.comparator != .equal {
      comparator = quantity.comparator.rawValue
      state(4)
    }
  }

  /// Its number; nil where no `ScaledInteger` can hold it.
  public var number: ScaledInteger? {
    ScaledInteger(value, exponent: states(3) ? Int(exponent) : 0)
  }
}
