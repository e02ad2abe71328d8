extension SourceText {
  /// A Unicode scalar and the bytes it takes.
  @frozen public struct Scalar: Equatable, Sendable {
    public let value: UInt32
    public let width: Int

    @inlinable init(_ value: UInt32, _ width: Int) {
      self.value = value
      self.width = width
    }
  }

  /// The scalar that begins at `offset`; U+0000 of width 0 at the end of the text and outside of it.
  @inlinable public func scalar(at offset: Int) -> Scalar {
    guard offset >= 0, offset < bytes.count else { return Scalar(0, 0) }
    return Self.decode(bytes, at: offset, end: bytes.count)
  }

  /// The scalar that ends at `offset`; U+0000 of width 0 at the start of the text and outside of it.
  @inlinable public func scalar(before offset: Int) -> Scalar {
    guard offset > 0, offset <= bytes.count else { return Scalar(0, 0) }
    var start = offset - 1
    while start > 0, offset - start < 4, bytes[start] & 0xc0 == 0x80 { start -= 1 }
    let scalar = Self.decode(bytes, at: start, end: offset)
    return start + scalar.width == offset ? scalar : Scalar(0xfffd, 1)
  }

  /// The scalar of three bytes, such as most Chinese ones, that begins at `offset`; nil where another one does, and
  /// for the last one of the text.
  @inline(__always)
  func wideScalar(at offset: Int) -> UInt32? {
    guard offset &+ 4 <= bytes.count, let start = bytes.baseAddress else { return nil }
    let word = UnsafeRawPointer(start + offset).loadUnaligned(as: UInt32.self)
    guard word & 0xc0c0f0 == 0x8080e0 else { return nil }
    return (word & 0xf) << 12 | (word >> 8 & 0x3f) << 6 | word >> 16 & 0x3f
  }

  /// The scalar at `offset`, which must be below `end`; U+FFFD of width 1 where there is none.
  @inlinable
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, end: Int) -> Scalar {
    let lead = UInt32(bytes[offset])
    if lead < 0x80 { return Scalar(lead, 1) }
    let width = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    guard lead >= 0xc2, lead < 0xf5, offset &+ width <= end else { return Scalar(0xfffd, 1) }
    var value = lead & (0x7f >> UInt32(width))
    for at in (offset &+ 1)..<(offset &+ width) {
      guard bytes[at] & 0xc0 == 0x80 else { return Scalar(0xfffd, 1) }
      value = value << 6 | UInt32(bytes[at] & 0x3f)
    }
    return Scalar(value, width)
  }
}

extension SourceText {
  /// Where the character begins that ends at `offset`; `offset` itself at the start of the text.
  public func scalarStart(before offset: Int) -> Int {
    offset - scalar(before: offset).width
  }
}
