/// UTF-8 text of an image, read in place.
public struct ImageText: Sendable {
  private let storage: ImageStorage
  private let offset: Int
  /// Bytes.
  public let count: Int

  init(storage: ImageStorage, offset: Int, count: Int) {
    self.storage = storage
    self.offset = offset
    self.count = count
  }

  public var isEmpty: Bool { count == 0 }

  /// Calls `body` with the bytes, which are lent for its length.
  public func withUTF8<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(storage) {} }
    let start = (storage.base + offset).assumingMemoryBound(to: UInt8.self)
    return try body(UnsafeBufferPointer(start: start, count: count))
  }
}

extension ImageText {
  /// Where a word stands, in the order of the text: ranges of bytes that do not overlap. An empty
  /// word stands nowhere. For many words at once, use a lexicon of `DuikouText`.
  public func ranges(of word: String) -> [Range<Int>] {
    let word = Array(word.utf8)
    guard !word.isEmpty else { return [] }
    return withUTF8 { text in
      var ranges: [Range<Int>] = []
      var at = 0
      while let found = text[at...].firstRange(of: word) {
        ranges.append(found)
        at = found.upperBound
      }
      return ranges
    }
  }
}

extension ImageText: Hashable {
  public static func == (left: ImageText, right: ImageText) -> Bool {
    left.count == right.count
      && left.withUTF8 { left in right.withUTF8 { right in left.elementsEqual(right) } }
  }

  public func hash(into hasher: inout Hasher) {
    withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension ImageText: CustomStringConvertible {
  public var description: String { String(self) }
}

extension String {
  /// A copy of the text; what is not UTF-8 is replaced.
  public init(_ text: ImageText) {
    self = text.withUTF8 { String(decoding: $0, as: UTF8.self) }
  }
}
