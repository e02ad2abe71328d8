/// Where the bytes of a changed text come from. Offsets count bytes; between two edits both texts have
/// the same length. Texts have less than 4 GiB.
struct OffsetMap: Sendable {
  /// A piece that has another length in the changed text.
  private struct Edit: Sendable {
    private var sourceStart, sourceEnd, resultStart, resultEnd: UInt32

    init(source: Range<Int>, result: Range<Int>) {
      sourceStart = UInt32(source.lowerBound)
      sourceEnd = UInt32(source.upperBound)
      resultStart = UInt32(result.lowerBound)
      resultEnd = UInt32(result.upperBound)
    }

    var source: Range<Int> { Int(sourceStart)..<Int(sourceEnd) }
    var result: Range<Int> { Int(resultStart)..<Int(resultEnd) }
  }

  private var edits: [Edit] = []

  /// Adds an edit behind all others. Removals side by side become one.
  mutating func append(source: Range<Int>, result: Range<Int>) {
    if let last = edits.last, last.source.upperBound == source.lowerBound, last.result.isEmpty,
      result.isEmpty
    {
      edits[edits.count - 1] = Edit(
        source: last.source.lowerBound..<source.upperBound, result: result)
    } else {
      edits.append(Edit(source: source, result: result))
    }
  }

  /// What a byte of the changed text was made of: all of an edit's source, or a single byte.
  func source(of offset: Int) -> Range<Int> {
    guard let edit = last(where: { $0.result.lowerBound <= offset }) else {
      return offset..<(offset + 1)
    }
    if edit.result.contains(offset) { return edit.source }
    let moved = edit.source.upperBound + (offset - edit.result.upperBound)
    return moved..<(moved + 1)
  }

  /// What became of a byte of the source: all of an edit's result, which is empty where the byte was
  /// left out, or a single byte.
  func result(of offset: Int) -> Range<Int> {
    guard let edit = last(where: { $0.source.lowerBound <= offset }) else {
      return offset..<(offset + 1)
    }
    if edit.source.contains(offset) { return edit.result }
    let moved = edit.result.upperBound + (offset - edit.source.upperBound)
    return moved..<(moved + 1)
  }

  /// The last of the edits, all of which up to it fulfil the condition.
  private func last(where isBefore: (Edit) -> Bool) -> Edit? {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(edits[middle]) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? edits[low - 1] : nil
  }
}
