/// The weights of features, as they are looked up: an open hash table.
struct WeightTable: Sendable {
  /// Weights are added in rows of this many.
  typealias Lanes = SIMD16<Int16>

  /// By slot: the feature and one in its upper half, its row in the lower; 0 for an empty slot.
  private let slots: [UInt64]
  private let shift: UInt32
  /// The rows, each of `chunks` times 16 weights.
  private let rows: [SIMD16<Int8>]
  /// How many `Lanes` the scores of a character take.
  let chunks: Int

  init(_ model: TaggerModel) {
    let tagCount = model.tags.count
    chunks = (tagCount + Lanes.scalarCount - 1) / Lanes.scalarCount
    var bits: UInt32 = 4
    while 1 << Int(bits) < 2 * model.features.count { bits += 1 }
    shift = 32 - bits
    var slots = [UInt64](repeating: 0, count: 1 << Int(bits))
    var rows: [SIMD16<Int8>] = []
    rows.reserveCapacity(model.features.count * chunks)
    for (index, feature) in model.features.enumerated() {
      var slot = Self.slot(of: feature, shift)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt64(feature + 1) << 32 | UInt64(index)
      for chunk in 0..<chunks {
        var row = SIMD16<Int8>()
        for lane in 0..<min(Lanes.scalarCount, tagCount - chunk * Lanes.scalarCount) {
          row[lane] = model.weights[index * tagCount + chunk * Lanes.scalarCount + lane]
        }
        rows.append(row)
      }
    }
    self.slots = slots
    self.rows = rows
  }

  @inline(__always)
  private static func slot(of feature: UInt32, _ shift: UInt32) -> Int {
    Int((feature &* 0x9e37_79b1) &>> shift)
  }

  /// Adds up the weights of some features into `sums`, which has room for `chunks` lanes.
  @inline(__always)
  func add(
    _ features: UnsafePointer<UInt32>, _ count: Int, to sums: UnsafeMutablePointer<Lanes>
  ) {
    slots.withUnsafeBufferPointer { slots in
      rows.withUnsafeBufferPointer { rows in
        for chunk in 0..<chunks { sums[chunk] = .zero }
        let mask = slots.count &- 1
        for index in 0..<count {
          let wanted = UInt64(features[index] &+ 1)
          var slot = Self.slot(of: features[index], shift)
          while slots[slot] != 0 {
            if slots[slot] &>> 32 == wanted {
              let row = Int(slots[slot] & 0xffff_ffff) &* chunks
              for chunk in 0..<chunks {
                sums[chunk] &+= Lanes(truncatingIfNeeded: rows[row &+ chunk])
              }
              break
            }
            slot = (slot &+ 1) & mask
          }
        }
      }
    }
  }
}
