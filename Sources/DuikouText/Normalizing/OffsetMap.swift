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

  /// How many edits begin in front of each block of `1 << shift` bytes.
  private struct Blocks: Sendable {
    private var counts: [UInt32] = []
    private static let shift = 6

    /// Tells of an edit, whose number is `count`, and of those in front of it.
    mutating func add(editAt start: Int, count: Int) {
      while counts.count <= start >> Self.shift { counts.append(UInt32(count)) }
    }

    /// The first edit that may begin in the block of `offset`; nil behind all of them.
    func first(near offset: Int) -> Int? {
      let block = offset >> Self.shift
      return block < counts.count ? Int(counts[block]) : nil
    }
  }

  private var edits: [Edit] = []
  private var sourceBlocks = Blocks()
  private var resultBlocks = Blocks()

  /// Adds an edit behind all others. Removals side by side become one.
  mutating func append(source: Range<Int>, result: Range<Int>) {
    if let last = edits.last, last.source.upperBound == source.lowerBound, last.result.isEmpty,
      result.isEmpty
    {
      edits[edits.count - 1] = Edit(
        source: last.source.lowerBound..<source.upperBound, result: result)
      return
    }
    sourceBlocks.add(editAt: source.lowerBound, count: edits.count)
    resultBlocks.add(editAt: result.lowerBound, count: edits.count)
    edits.append(Edit(source: source, result: result))
  }

  /// What a byte of the changed text was made of: all of an edit's source, or a single byte.
  func source(of offset: Int) -> Range<Int> {
    guard
      let edit = last(
        from: resultBlocks.first(near: offset), where: { $0.result.lowerBound <= offset })
    else { return offset..<(offset + 1) }
    if edit.result.contains(offset) { return edit.source }
    let moved = edit.source.upperBound + (offset - edit.result.upperBound)
    return moved..<(moved + 1)
  }

  /// What became of a byte of the source: all of an edit's result, which is empty where the byte was
  /// left out, or a single byte.
  func result(of offset: Int) -> Range<Int> {
    guard
      let edit = last(
        from: sourceBlocks.first(near: offset), where: { $0.source.lowerBound <= offset })
    else { return offset..<(offset + 1) }
    if edit.source.contains(offset) { return edit.result }
    let moved = edit.result.upperBound + (offset - edit.source.upperBound)
    return moved..<(moved + 1)
  }

  /// The last of the edits, all of which up to it fulfil the condition; those in front of `first` do.
  @inline(__always)
  private func last(from first: Int?, where isBefore: (Edit) -> Bool) -> Edit? {
    var next = first ?? edits.count
    while next < edits.count, isBefore(edits[next]) { next += 1 }
    return next > 0 ? edits[next - 1] : nil
  }
}
