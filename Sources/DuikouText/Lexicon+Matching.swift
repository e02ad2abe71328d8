extension Lexicon {
  /// Calls `body` with the surfaces found in a part of the text: leftmost first, the longest of
  /// those that begin at one place, without overlaps.
  public func forEachMatch(
    in text: SourceText, range: Range<Int>? = nil, _ body: (LexiconMatch) -> Void
  ) {
    let range = (range ?? text.range).clamped(to: text.range)
    let bytes = text.bytes
    codes.withUnsafeBufferPointer { codes in
      nodes.withUnsafeBufferPointer { nodes in
        var at = range.lowerBound
        while at < range.upperBound {
          let first = SourceText.decode(bytes, at: at, end: range.upperBound)
          let slot = Int(truncatingIfNeeded: first.value &- lowest)
          guard slot < codes.count, codes[slot] &- 1 < starters else {
            at &+= first.width
            continue
          }
          var match: LexiconMatch?
          walk(bytes, from: at, end: range.upperBound, codes, nodes) { match = $0 }
          if let match {
            body(match)
            at = match.end
          } else {
            at &+= first.width
          }
        }
      }
    }
  }

  /// The surfaces found in a part of the text, as `forEachMatch` finds them.
  public func matches(in text: SourceText, range: Range<Int>? = nil) -> [LexiconMatch] {
    var matches: [LexiconMatch] = []
    forEachMatch(in: text, range: range) { matches.append($0) }
    return matches
  }

  /// The longest surface that begins at `offset` and does not go beyond `end`.
  public func longestMatch(in text: SourceText, at offset: Int, end: Int? = nil) -> LexiconMatch? {
    var longest: LexiconMatch?
    forEachPrefix(in: text, at: offset, end: end) { longest = $0 }
    return longest
  }

  /// Calls `body` with every surface that begins at `offset`, the shortest first.
  public func forEachPrefix(
    in text: SourceText, at offset: Int, end: Int? = nil, _ body: (LexiconMatch) -> Void
  ) {
    let end = min(end ?? text.count, text.count)
    guard offset >= 0, offset < end else { return }
    codes.withUnsafeBufferPointer { codes in
      nodes.withUnsafeBufferPointer { nodes in
        walk(text.bytes, from: offset, end: end, codes, nodes, body)
      }
    }
  }

  /// The value of the surface that is exactly `range` of the text.
  public func value(of range: Range<Int>, in text: SourceText) -> UInt32? {
    let match = longestMatch(in: text, at: range.lowerBound, end: range.upperBound)
    return match?.end == range.upperBound ? match?.value : nil
  }

  /// Walks down from the root along the text, reporting every surface that ends on the way.
  @inline(__always)
  private func walk(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, end: Int,
    _ codes: UnsafeBufferPointer<UInt32>, _ nodes: UnsafeBufferPointer<Node>,
    _ found: (LexiconMatch) -> Void
  ) {
    var state: Int32 = 0
    var at = start
    while at < end {
      let scalar = SourceText.decode(bytes, at: at, end: end)
      let slot = Int(truncatingIfNeeded: scalar.value &- lowest)
      guard slot < codes.count, codes[slot] != 0 else { return }
      let next = Int(nodes[Int(state)].base) &+ Int(codes[slot])
      guard next < nodes.count, nodes[next].check == state else { return }
      state = Int32(truncatingIfNeeded: next)
      at &+= scalar.width
      let value = nodes[next].value
      if value != Node.none { found(LexiconMatch(start: start, end: at, value: value)) }
    }
  }
}
