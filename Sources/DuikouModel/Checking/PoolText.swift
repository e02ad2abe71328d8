/// Which strings of a pool are UTF-8.
///
/// The pool is looked through once. Where it is not text as a whole, because other bytes lie between
/// its strings, the flaws are noted by block, so that of each string only the two blocks at its ends
/// are looked at again: also of many that lie over one another.
struct PoolText {
  /// Most strings are shorter; the notes take a fiftieth of the pool.
  private static let blockSize = 256

  let bytes: UnsafeRawBufferPointer
  /// By block: how many before it have a flaw; nil where none has.
  private let flawsBefore: [UInt32]?

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    flawsBefore = Self.firstFlaw(in: bytes, from: 0).map { Self.flaws(in: bytes, first: $0) }
  }

  /// Whether a range within the pool is text.
  func isText(_ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return true }
    guard let flawsBefore else {
      return bytes.isBoundary(range.lowerBound) && bytes.isBoundary(range.upperBound)
    }
    let first = range.lowerBound / Self.blockSize
    let last = range.upperBound / Self.blockSize
    guard last - first > 1 else { return isUTF8(range) }
    guard flawsBefore[first + 1] == flawsBefore[last] else { return false }
    // Both ends are looked at with the whole of the character that reaches into the next block.
    let head = Self.boundary(in: bytes, from: (first + 1) * Self.blockSize)
    var tail = last * Self.blockSize
    while tail < bytes.count, tail > head, bytes[tail].continuesCharacter { tail -= 1 }
    return isUTF8(range.lowerBound..<head) && isUTF8(tail..<range.upperBound)
  }

  private func isUTF8(_ range: Range<Int>) -> Bool {
    DuikouModel.isUTF8(UnsafeRawBufferPointer(rebasing: bytes[range]))
  }

  private static func flaws(in bytes: UnsafeRawBufferPointer, first: Int) -> [UInt32] {
    var isFlawed = [Bool](repeating: false, count: (bytes.count - 1) / blockSize + 1)
    var next: Int? = first
    while let flaw = next {
      isFlawed[flaw / blockSize] = true
      let start = (flaw / blockSize + 1) * blockSize
      let resume = boundary(in: bytes, from: start)
      // A character of the block before reaches three bytes into this one at most.
      if resume - start > 3 {
        for block in start / blockSize...(resume - 1) / blockSize { isFlawed[block] = true }
      }
      next = firstFlaw(in: bytes, from: resume)
    }
    return isFlawed.reduce(into: [0]) { $0.append($0[$0.count - 1] + ($1 ? 1 : 0)) }
  }

  private static func firstFlaw(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
    return DuikouModel.firstFlaw(inUTF8: rest).map { start + $0 }
  }

  /// The first offset from `start` on that does not lie within a character.
  private static func boundary(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var at = min(start, bytes.count)
    while at < bytes.count, bytes[at].continuesCharacter { at += 1 }
    return at
  }
}

/// A pool that is looked through when the first of its strings is asked for.
final class DeferredPoolText {
  let bytes: UnsafeRawBufferPointer
  private(set) lazy var text = PoolText(bytes)

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }
}
