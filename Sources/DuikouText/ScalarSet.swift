/// A set of characters of the Basic Multilingual Plane, by which a text is read quickly where none of them stands.
struct ScalarSet: Sendable {
  /// A bit for each character.
  private var bits: [UInt64]
  /// Whether what lies outside of the plane, and bytes that are not UTF-8, belong to the set.
  private let hasOthers: Bool

  /// The characters for which `isMember` holds.
  init(hasOthers: Bool = false, where isMember: (UInt32) -> Bool) {
    self.hasOthers = hasOthers
    bits = (0..<1024).map { row in
      (0..<64).reduce(0) { $0 | (isMember(UInt32(row << 6 | $1)) ? 1 << UInt64($1) : 0) }
    }
  }

  @inline(__always)
  func contains(_ scalar: UInt32) -> Bool {
    scalar < 0x10000 ? bits[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1 : hasOthers
  }

  /// Where the first character of the set begins in a part of the text, which lies within it; its end where there
  /// is none.
  func first(in text: SourceText, range: Range<Int>) -> Int {
    lend { $0.first(in: text, range: range) }
  }

  /// The set for reading much, lent for the call.
  @inline(__always)
  func lend<Result>(_ body: (Lent) -> Result) -> Result {
    bits.withUnsafeBufferPointer { body(Lent(bits: $0, hasOthers: hasOthers)) }
  }

  /// See `lend`.
  struct Lent {
    fileprivate let bits: UnsafeBufferPointer<UInt64>
    fileprivate let hasOthers: Bool

    /// See `ScalarSet.first`.
    @inline(__always)
    func first(in text: SourceText, range: Range<Int>) -> Int {
      guard let bytes = text.bytes.baseAddress else { return range.upperBound }
      let safe = range.upperBound &- 4
      var at = range.lowerBound
      while at < range.upperBound {
        let scalar: UInt32
        let width: Int
        let word =
          at <= safe ? UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt32.self) : .max
        if word & 0xc0c0f0 == 0x8080e0 {
          scalar = (word & 0xf) << 12 | (word >> 8 & 0x3f) << 6 | word >> 16 & 0x3f
          width = 3
        } else if word & 0x80 == 0 {
          (scalar, width) = (word & 0x7f, 1)
        } else {
          let read = SourceText.decode(text.bytes, at: at, end: range.upperBound)
          (scalar, width) = (read.value, read.width)
          if scalar >= 0x10000 || scalar == 0xfffd && width == 1 {
            if hasOthers { return at }
            at &+= width
            continue
          }
        }
        if bits[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1 { return at }
        at &+= width
      }
      return at
    }
  }
}
