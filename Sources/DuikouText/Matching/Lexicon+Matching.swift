extension Lexicon {
  /// Calls `body` with the surfaces found in a part of the text, in order.
  public func forEachMatch(
    in text: SourceText, range: Range<Int>? = nil, mode: LexiconMode = .leftmostLongest,
    _ body: (LexiconMatch) -> Void
  ) {
    forEachBatch(in: text, range: range, mode: mode) { $0.forEach(body) }
  }

  /// The surfaces found in a part of the text, in order.
  public func matches(
    in text: SourceText, range: Range<Int>? = nil, mode: LexiconMode = .leftmostLongest
  ) -> [LexiconMatch] {
    var matches: [LexiconMatch] = []
    forEachBatch(in: text, range: range, mode: mode) { matches += $0 }
    return matches
  }

  /// Calls `body` with the surfaces found in a part of the text, in order and a few hundred at a
  /// time, which is the fastest way to read many. The buffer is lent for the call.
  public func forEachBatch(
    in text: SourceText, range: Range<Int>? = nil, mode: LexiconMode = .leftmostLongest,
    _ body: (UnsafeBufferPointer<LexiconMatch>) -> Void
  ) {
    let range = (range ?? text.range).clamped(to: text.range)
    guard let bytes = text.bytes.baseAddress, !range.isEmpty, count > 0 else { return }
    withExtendedLifetime(memory) {
      LexiconScratch.lend(forBytes: range.count) { scratch in
        LexiconScan(tables: tables, scratch: scratch, text: bytes, end: range.upperBound)
          .run(from: range.lowerBound, mode, body)
      }
    }
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
    guard let bytes = text.bytes.baseAddress, offset >= 0, offset < end else { return }
    withExtendedLifetime(memory) {
      let first = tables.character(bytes, at: offset, end: end)
      guard first.code != 0 else { return }
      tables.walk(bytes, from: offset &+ first.width, end: end, first.code) { end, state, node in
        guard node.hasValue else { return }
        body(LexiconMatch(start: offset, end: end, value: tables.values[Int(state)]))
      }
    }
  }

  /// The value of the surface that is exactly `range` of the text.
  public func value(of range: Range<Int>, in text: SourceText) -> UInt32? {
    let match = longestMatch(in: text, at: range.lowerBound, end: range.upperBound)
    return match?.end == range.upperBound ? match?.value : nil
  }
}
