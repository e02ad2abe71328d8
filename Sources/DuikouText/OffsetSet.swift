/// Offsets of a text, a bit for each: asking for one takes the same time in a long text as in a short one.
public struct OffsetSet: Sendable {
  private var bits: [UInt64]
  private let count: Int

  /// `count` is the text's length in bytes. Offsets go from 0 to it; others are ignored, and are in no set.
  public init(count: Int) {
    self.count = count
    bits = Array(repeating: 0, count: count >> 6 + 1)
  }

  /// The bytes of ranges.
  @inlinable public init(_ ranges: some Sequence<Range<Int>>, count: Int) {
    self.init(count: count)
    for range in ranges { insert(range) }
  }

  public mutating func insert(_ offset: Int) {
    guard offset >= 0, offset <= count else { return }
    bits[offset >> 6] |= 1 << UInt64(offset & 63)
  }

  /// Adds the bytes of a range.
  public mutating func insert(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<count)
    for word in Self.words(of: range) { bits[word] |= Self.mask(of: range, in: word) }
  }

  public func contains(_ offset: Int) -> Bool {
    guard offset >= 0, offset <= count else { return false }
    return bits[offset >> 6] >> UInt64(offset & 63) & 1 == 1
  }

  /// Whether any byte of a range is in the set.
  public func overlaps(_ range: Range<Int>) -> Bool {
    let range = range.clamped(to: 0..<count)
    return Self.words(of: range).contains { bits[$0] & Self.mask(of: range, in: $0) != 0 }
  }

  private static func words(of range: Range<Int>) -> Range<Int> {
    range.isEmpty ? 0..<0 : range.lowerBound >> 6..<(range.upperBound - 1) >> 6 + 1
  }

  /// The bits of a word that belong to a range, which touches it.
  private static func mask(of range: Range<Int>, in word: Int) -> UInt64 {
    let first = UInt64(max(range.lowerBound - word << 6, 0))
    let behind = UInt64(max((word + 1) << 6 - range.upperBound, 0))
    return (UInt64.max << first) & (UInt64.max >> behind)
  }
}
