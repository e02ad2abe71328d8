/// A value of a field that is no message, as it is written.
enum WireScalar: Hashable {
  case varint(UInt64)
  case fixed32(UInt32)
  case fixed64(UInt64)
  case bytes([UInt8])

  /// Whether it is what a field without presence leaves out.
  var isZero: Bool {
    switch self {
    case .varint(let number), .fixed64(let number): number == 0
    case .fixed32(let number): number == 0
    case .bytes(let bytes): bytes.isEmpty
    }
  }
}

extension WireReader {
  /// The value behind a tag of this type.
  mutating func scalar(_ type: WireType) throws(Flaw) -> WireScalar {
    switch type {
    case .varint: .varint(try varint())
    case .fixed32: .fixed32(try fixed32())
    case .fixed64: .fixed64(try fixed64())
    case .lengthDelimited, .startGroup, .endGroup: .bytes(Array(try bytes()))
    }
  }
}

extension WireWriter {
  /// Writes a number of any length.
  mutating func grown(_ number: UInt64) {
    reserve(10)
    varint(number)
  }

  mutating func tag(_ number: UInt32, _ type: WireReader.WireType) {
    grown(UInt64(number) << 3 | UInt64(type.rawValue))
  }

  /// Writes a value without its tag.
  mutating func scalar(_ value: WireScalar) {
    switch value {
    case .varint(let number): grown(number)
    case .fixed32(let bits):
      reserve(4)
      fixed32(bits)
    case .fixed64(let bits):
      reserve(8)
      fixed64(bits)
    case .bytes(let bytes):
      grown(UInt64(bytes.count))
      reserve(bytes.count)
      bytes.withUnsafeBytes { raw($0) }
    }
  }
}
