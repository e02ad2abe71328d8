/// What a weight is learned for: something that stands near a character, and where it stands.
///
/// A feature is a number of 28 bits. The upper ones are a hash of what stands there, the lowest three say at which
/// place from the character: what is seen from several of them is one group of features, and looked up once.
struct Feature {
  static let placeBits: UInt32 = 3
  static let places = 1 << Int(placeBits)

  let number: UInt32

  init(number: UInt32) { self.number = number }

  @inline(__always)
  init(group: UInt32, place: Int) {
    number = group << Self.placeBits | UInt32(truncatingIfNeeded: place)
  }

  var group: UInt32 { number >> Self.placeBits }

  var place: Int { Int(number) & (Self.places - 1) }

  /// The group of what stands there, hashed with the kind of the group.
  @inline(__always)
  static func group(
    _ kind: UInt64, _ first: UInt32, _ second: UInt32 = 0, _ third: UInt32 = 0
  ) -> UInt32 {
    var value = (kind &+ 1) &* 0x9e37_79b9_7f4a_7c15
    value = value &+ UInt64(first) &* 0xd6e8_feb8_6659_fd93
    value = value &+ UInt64(second) &* 0xa076_1d64_78bd_642f
    value = value &+ UInt64(third) &* 0xe703_7ed1_a0b4_28db
    value = (value ^ value >> 32) &* 0x8ebc_6af0_9c88_c6e3
    let bits = UInt64(TaggerModel.featureBits - placeBits)
    return UInt32(truncatingIfNeeded: value >> (64 &- bits))
  }
}
