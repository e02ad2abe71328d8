/// Ranges of a text, kept so that asking whether something overlaps them takes the same time in a
/// long text as in a short one.
public struct RangeIndex: Sendable {
  /// The ranges that touch each piece of `1 << shift` bytes.
  private var pieces: [[Range<Int>]]
  private static let shift = 9

  /// `count` is the text's length in bytes; ranges are within it.
  public init(count: Int) {
    pieces = Array(repeating: [], count: count >> Self.shift + 1)
  }

  /// An index of ranges; see `insert`.
  public init(_ ranges: some Sequence<Range<Int>>, count: Int) {
    self.init(count: count)
    for range in ranges { insert(range) }
  }

  /// Adds a range. Empty ranges, and what lies outside of the text, are ignored.
  public mutating func insert(_ range: Range<Int>) {
    for piece in touched(by: range) { pieces[piece].append(range) }
  }

  /// Whether any of the ranges overlaps this one.
  public func overlaps(_ range: Range<Int>) -> Bool {
    for piece in touched(by: range) {
      for other in pieces[piece] where other.overlaps(range) { return true }
    }
    return false
  }

  /// Of the ranges that overlap this one, the one that ends last.
  public func last(overlapping range: Range<Int>) -> Range<Int>? {
    var last: Range<Int>?
    for piece in touched(by: range) {
      for other in pieces[piece] where other.overlaps(range) {
        if last.map({ $0.upperBound < other.upperBound }) ?? true { last = other }
      }
    }
    return last
  }

  private func touched(by range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty, range.lowerBound >= 0 else { return 0..<0 }
    let first = range.lowerBound >> Self.shift
    let last = (range.upperBound - 1) >> Self.shift
    return (first..<last + 1).clamped(to: pieces.indices)
  }
}
