/// The scores of what stands around a character but for the characters themselves. Few contexts are frequent, so
/// those that came last are kept.
struct ContextScores {
  private static let slotBits: UInt64 = 10
  /// No context has all bits.
  private static let empty = UInt64.max

  private var keys = [UInt64](repeating: empty, count: 1 << Int(slotBits))
  private var sums: [WeightTable.Lanes]
  private let chunks: Int

  init(chunks: Int) {
    self.chunks = chunks
    sums = Array(repeating: .zero, count: keys.count * chunks)
  }

  /// Writes the scores of a context to `result`, which has room for `chunks`; `add` adds those to it that are not
  /// kept.
  @inline(__always)
  mutating func write(
    _ context: UInt64, to result: UnsafeMutablePointer<WeightTable.Lanes>,
    adding add: (UnsafeMutablePointer<WeightTable.Lanes>) -> Void
  ) {
    let slot = Int((context &* 0x9e37_79b9_7f4a_7c15) &>> (64 - Self.slotBits))
    if keys[slot] == context {
      for chunk in 0..<chunks { result[chunk] = sums[slot &* chunks &+ chunk] }
      return
    }
    for chunk in 0..<chunks { result[chunk] = .zero }
    add(result)
    keys[slot] = context
    for chunk in 0..<chunks { sums[slot &* chunks &+ chunk] = result[chunk] }
  }
}
