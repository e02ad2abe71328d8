extension SourceText {
  /// A range widened to whole characters at both ends. Parts outside of the text are ignored.
  public func wholeCharacters(_ range: Range<Int>) -> Range<Int> {
    let range = range.clamped(to: self.range)
    guard !range.isEmpty else { return range }
    let start = character(around: range.lowerBound).lowerBound
    let end = character(around: range.upperBound - 1).upperBound
    return start..<max(start, end)
  }

  /// The bytes of the character to which the byte at `offset` belongs; one byte where it is not UTF-8.
  func character(around offset: Int) -> Range<Int> {
    var start = offset
    while start > 0, offset - start < 3, bytes[start] & 0xc0 == 0x80 { start -= 1 }
    let end = start + scalar(at: start).width
    return end > offset ? start..<end : offset..<(offset + 1)
  }

  /// Where the character ends whose first byte is the range's first, and not before the range does.
  func characterEnd(after range: Range<Int>) -> Int {
    guard range.lowerBound < count else { return range.upperBound }
    return max(range.upperBound, range.lowerBound + scalar(at: range.lowerBound).width)
  }
}
