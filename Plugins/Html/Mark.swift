/// A part of the text that can be gone to: where an entity is mentioned, or where a record was
/// read.
struct Mark {
  enum Content: Equatable {
    /// The row of a mention, from 0.
    case mention(Int)
    /// A place at which a record was read and nothing is mentioned; counted within the document.
    case evidence(Int)
  }

  let range: Range<Int>
  let content: Content
  /// Of marks of the same range, the lower encloses the higher.
  let layer: Int

  /// Whether this mark opens before another.
  func opens(before other: Mark) -> Bool {
    if range.lowerBound != other.range.lowerBound {
      return range.lowerBound < other.range.lowerBound
    }
    if range.upperBound != other.range.upperBound {
      return range.upperBound > other.range.upperBound
    }
    return layer < other.layer
  }
}
