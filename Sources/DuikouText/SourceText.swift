/// The UTF-8 bytes of one document, read in place.
///
/// Offsets and ranges count bytes from the text's start, end exclusive. The bytes are lent: keep no
/// `SourceText` beyond the call that lent them. Bytes that are not UTF-8 read as single U+FFFD;
/// nothing here traps on them.
public struct SourceText {
  public let bytes: UnsafeBufferPointer<UInt8>

  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Bytes.
  @inlinable public var count: Int { bytes.count }

  /// The whole text as a range.
  @inlinable public var range: Range<Int> { 0..<bytes.count }

  /// A copy of a part of the text.
  public func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: self.range)], as: UTF8.self)
  }

  /// Whether `word` stands at `offset`.
  public func has(_ word: String, at offset: Int) -> Bool {
    guard offset >= 0, offset <= bytes.count else { return false }
    let left = bytes.count &- offset
    let found = word.utf8.withContiguousStorageIfAvailable { word in
      guard word.count <= left else { return false }
      // Characters differ most in their last byte.
      var at = word.count
      while at > 0 {
        at &-= 1
        if bytes[offset &+ at] != word[at] { return false }
      }
      return true
    }
    return found ?? bytes[offset...].starts(with: word.utf8)
  }

  /// Whether `word` ends at `offset`.
  public func has(_ word: String, before offset: Int) -> Bool {
    has(word, at: offset - word.utf8.count)
  }

  /// The width of the first of `words` that stands at `offset`, in bytes, or 0.
  public func width(ofAny words: [String], at offset: Int) -> Int {
    words.first { has($0, at: offset) }?.utf8.count ?? 0
  }

  /// Where `word` stands first in a part of the text; nil where it does not.
  public func firstOffset(of word: String, in range: Range<Int>) -> Int? {
    let range = range.clamped(to: self.range)
    let width = word.utf8.count
    guard let first = word.utf8.first, range.count >= width else { return nil }
    for at in range.lowerBound...(range.upperBound - width)
    where bytes[at] == first && has(word, at: at) {
      return at
    }
    return nil
  }

  /// How often `word` stands in a part of the text, without overlaps.
  public func occurrences(of word: String, in range: Range<Int>) -> Int {
    let range = range.clamped(to: self.range)
    let width = word.utf8.count
    guard let first = word.utf8.first else { return 0 }
    var count = 0
    var at = range.lowerBound
    while at + width <= range.upperBound {
      if bytes[at] == first, has(word, at: at) {
        count += 1
        at += width
      } else {
        at += 1
      }
    }
    return count
  }

  /// The offset behind `count` blanks at most; blanks are spaces, tabs and U+3000.
  public func skippingBlanks(from offset: Int, atMost count: Int = .max) -> Int {
    var at = offset
    var left = count
    while left > 0, at < bytes.count {
      let scalar = scalar(at: at)
      guard CharacterClass(scalar.value) == .blank else { break }
      at += scalar.width
      left -= 1
    }
    return at
  }

  /// The offset behind the brackets that open at `offset`, with what is in them; `offset` itself where
  /// none open there or they hold more than `longest` bytes.
  public func skippingBrackets(from offset: Int, longest: Int = 30) -> Int {
    guard CharacterClass(scalar(at: offset).value) == .opening else { return offset }
    var at = offset
    while at - offset <= longest, at < count {
      let scalar = scalar(at: at)
      at += scalar.width
      if CharacterClass(scalar.value) == .closing { return at }
    }
    return offset
  }

  /// The offset at which the brackets open that close right before `offset`; `offset` itself where
  /// none close there or they hold more than `longest` bytes.
  public func skippingBracketsBack(from offset: Int, longest: Int = 30) -> Int {
    guard CharacterClass(scalar(before: offset).value) == .closing else { return offset }
    var at = offset
    while offset - at <= longest, at > 0 {
      let scalar = scalar(before: at)
      at -= scalar.width
      if CharacterClass(scalar.value) == .opening { return at }
    }
    return offset
  }
}
