/// A value that a field of a configuration takes.
enum ConfigurationValue: Sendable, Hashable {
  /// The bits of a number, of which the field's kind takes the lowest.
  case number(UInt64)
  /// Text, or bytes.
  case bytes([UInt8])

  /// Bytes that it takes in the pool.
  var size: Int {
    switch self {
    case .number: 0
    case .bytes(let bytes): bytes.count
    }
  }
}
