extension SourceText {
  /// The sentences of a part of the text, in order, without the signs that end them. Sentences of
  /// blanks only are left out.
  public func sentences(in range: Range<Int>) -> [Range<Int>] {
    pieces(in: range) { $0 == .sentenceEnd }
  }

  /// The first of the sentences of a part of the text, without reading on behind it; nil where there is none.
  public func firstSentence(in range: Range<Int>) -> Range<Int>? {
    pieces(in: range, atMost: 1) { $0 == .sentenceEnd }.first
  }

  /// The clauses of a part of the text: like sentences, and ended by ， and ： as well.
  public func clauses(in range: Range<Int>) -> [Range<Int>] {
    pieces(in: range) { $0 == .sentenceEnd || $0 == .clauseEnd }
  }

  /// The start of the sentence in which `offset` lies, not before `limit`.
  public func sentenceStart(of offset: Int, notBefore limit: Int = 0) -> Int {
    var at = offset
    while at > limit {
      let scalar = scalar(before: at)
      if CharacterClass(scalar.value) == .sentenceEnd { break }
      at -= scalar.width
    }
    return max(at, limit)
  }

  /// The start of the clause in which `offset` lies; that of the character so many bytes in front of it, where the
  /// clause begins before.
  public func clauseStart(of offset: Int, within longest: Int) -> Int {
    var at = offset
    while offset - at < longest {
      let scalar = scalar(before: at)
      let kind = CharacterClass(scalar.value)
      guard scalar.width > 0, kind != .clauseEnd, kind != .sentenceEnd else { break }
      at -= scalar.width
    }
    return at
  }

  /// What is left of the text when `ranges` are taken out, in order. The ranges may overlap and stand
  /// in any order.
  public func parts(without ranges: [Range<Int>]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let range = range.clamped(to: self.range)
      if range.lowerBound > start { parts.append(start..<range.lowerBound) }
      start = max(start, range.upperBound)
    }
    if start < count { parts.append(start..<count) }
    return parts
  }

  /// Where the character at `offset` ends if it is one of most Chinese ones, which end nothing.
  @inline(__always)
  private func behindHan(_ offset: Int, before end: Int) -> Int? {
    guard offset &+ 3 <= end, 0xe4...0xe9 ~= bytes[offset], bytes[offset &+ 1] & 0xc0 == 0x80,
      bytes[offset &+ 2] & 0xc0 == 0x80
    else { return nil }
    return offset &+ 3
  }

  private func pieces(
    in range: Range<Int>, atMost limit: Int = .max, endingAt ends: (CharacterClass) -> Bool
  ) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    let range = range.clamped(to: self.range)
    var start = range.lowerBound
    var at = start
    var hasText = false
    while at < range.upperBound, pieces.count < limit {
      if let next = behindHan(at, before: range.upperBound) {
        at = next
        hasText = true
        continue
      }
      let scalar = Self.decode(bytes, at: at, end: range.upperBound)
      let kind = CharacterClass(scalar.value)
      if ends(kind) {
        if hasText { pieces.append(start..<at) }
        start = at + scalar.width
        hasText = false
      } else if kind != .blank {
        hasText = true
      }
      at += scalar.width
    }
    if hasText, pieces.count < limit { pieces.append(start..<range.upperBound) }
    return pieces
  }
}
