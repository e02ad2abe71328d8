/// A surface of a lexicon, found in a text.
@frozen public struct LexiconMatch: Equatable, Sendable {
  /// Bytes from the text's start, inclusive.
  public let start: Int
  /// Bytes from the text's start, exclusive.
  public let end: Int
  /// What the lexicon holds for the surface.
  public let value: UInt32

  public init(start: Int, end: Int, value: UInt32) {
    self.start = start
    self.end = end
    self.value = value
  }

  public var range: Range<Int> { start..<end }
}
