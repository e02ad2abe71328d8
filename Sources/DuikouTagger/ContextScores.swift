/// The scores of what stands around a character but for the characters themselves. Few contexts are frequent, so
/// those that came last are kept.
struct ContextScores {
  private static let slotBits: UInt64 = 12
  /// No context has all bits.
  private static let empty = UInt64.max

  private var keys = [UInt64](repeating: empty, count: 1 << Int(slotBits))
  private var sums: [TagLanes.Sums]
  private let chunks: Int

  init(chunks: Int) {
    self.chunks = chunks
    sums = Array(repeating: .zero, count: keys.count * chunks)
  }

  /// Writes the scores of the contexts of a sentence's characters to `result`, which has room for `chunks` for each.
  mutating func write(
    _ window: FeatureWindow, count: Int, _ table: WeightTable,
    to result: UnsafeMutablePointer<TagLanes.Sums>
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: window.contextCount) { features in
      guard let features = features.baseAddress else { return }
      for at in 0..<count {
        let result = result + at &* chunks
        let context = window.context(at: at)
        let slot = Int((context &* 0x9e37_79b9_7f4a_7c15) &>> (64 - Self.slotBits))
        if keys[slot] == context {
          for chunk in 0..<chunks { result[chunk] = sums[slot &* chunks &+ chunk] }
          continue
        }
        for chunk in 0..<chunks { result[chunk] = .zero }
        window.writeContext(at: at, to: features)
        for index in 0..<window.contextCount {
          table.add(Feature(number: features[index]).group, to: result, places: 1)
        }
        keys[slot] = context
        for chunk in 0..<chunks { sums[slot &* chunks &+ chunk] = result[chunk] }
      }
    }
  }
}
