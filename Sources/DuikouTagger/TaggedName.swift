/// A name that was found in a text.
@frozen public struct TaggedName: Equatable, Sendable {
  /// Bytes of the text.
  public let range: Range<Int>
  /// Its type, as an index into `TagSet.types`.
  public let type: Int
  /// From 0 to 1: the share of names found with such a margin that were right in the held-out text.
  public let confidence: Double
  /// By how much the tags that make up the name are ahead of others, in the model's units: that of its
  /// weakest character.
  public let margin: Int

  public init(range: Range<Int>, type: Int, confidence: Double, margin: Int) {
    self.range = range
    self.type = type
    self.confidence = confidence
    self.margin = margin
  }
}
