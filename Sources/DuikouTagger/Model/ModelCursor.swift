/// Reads the parts of a model one after the other, and nothing beyond its end.
struct ModelCursor {
  private let bytes: ArraySlice<UInt8>
  private var at: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  var isAtEnd: Bool { at == bytes.endIndex }

  /// Bytes that are left.
  var left: Int { bytes.endIndex - at }

  mutating func take(_ count: Int) throws(ModelError) -> ArraySlice<UInt8> {
    guard count <= left else { throw .cut }
    defer { at += count }
    return bytes[at..<at + count]
  }

  mutating func byte() throws(ModelError) -> UInt8 {
    guard at < bytes.endIndex else { throw .cut }
    defer { at += 1 }
    return bytes[at]
  }

  mutating func number<Number: FixedWidthInteger>(
    _ type: Number.Type
  ) throws(ModelError) -> Number {
    let part = try take(MemoryLayout<Number>.size)
    return part.reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }

  mutating func text(_ count: Int) throws(ModelError) -> String {
    guard let text = String(validating: try take(count), as: UTF8.self) else {
      throw .damaged("a text in it is not UTF-8")
    }
    return text
  }

  /// A number of 7 bits a byte, in its shortest form.
  mutating func packed() throws(ModelError) -> UInt32 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7f) << UInt64(shift)
      guard byte & 0x80 == 0 else { continue }
      guard value <= UInt64(UInt32.max), byte != 0 || shift == 0 else { break }
      return UInt32(value)
    }
    throw .damaged("a number in it is not as numbers are written")
  }
}
