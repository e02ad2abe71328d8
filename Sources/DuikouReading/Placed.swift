import DuikouPlugin

/// What stands at a place of a text in normal form.
public protocol Placed {
  /// Bytes of the text.
  var range: Range<Int> { get }
}

extension EntityMention: Placed {}

/// A row with the place at which it was read.
public struct PlacedRow<R: Row>: Placed, Sendable {
  public let range: Range<Int>
  public let reference: dk_ref
  public let row: R

  public init(range: Range<Int>, reference: dk_ref, row: R) {
    self.range = range
    self.reference = reference
    self.row = row
  }
}

extension RandomAccessCollection where Element: Placed {
  /// Those that begin in a part of the text. They must stand in the order in which they begin; finding them takes
  /// the logarithm of their number.
  @inlinable public func beginning(in part: Range<Int>) -> SubSequence {
    let start = partitioningIndex { $0.range.lowerBound >= part.lowerBound }
    let rest = self[start...]
    return rest[..<rest.partitioningIndex { $0.range.lowerBound >= part.upperBound }]
  }
}

extension Array where Element: Placed {
  /// By where they begin; where several begin at one place, in the order as it was, or the longer first.
  @inlinable func inTextOrder(longestFirst: Bool = false) -> Self {
    let isOrdered = zip(self, dropFirst()).allSatisfy { $0.range.lowerBound < $1.range.lowerBound }
    if isOrdered { return self }
    let keys = enumerated().map { index, element in
      let start = UInt64(element.range.lowerBound) << 32
      let rest = longestFirst ? UInt64(UInt32.max) - UInt64(element.range.count) : 0
      return (place: start | rest, index: index)
    }
    return keys.sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map { self[$0.index] }
  }
}
