/// The weights of features, as they are looked up: an open hash table.
struct WeightTable: Sendable {
  /// Weights are added in rows of this many.
  typealias Lanes = SIMD16<Int16>

  /// By slot: the feature and one in its upper half, its row in the lower; 0 for an empty slot.
  private let slots: [UInt64]
  private let shift: UInt32
  /// A bit for each of the hashes that features have; most others have none.
  private let filter: [UInt64]
  /// The rows, each of `chunks` times 16 weights.
  private let rows: [SIMD16<Int8>]
  /// For each word of the filter; a filter has four bits for a slot.
  private static let slotsPerWord = 16

  /// How many `Lanes` the scores of a character take.
  let chunks: Int

  init(_ model: TaggerModel) {
    let tagCount = model.tags.count
    chunks = (tagCount + Lanes.scalarCount - 1) / Lanes.scalarCount
    var bits: UInt32 = 4
    while 1 << Int(bits) < 2 * model.features.count { bits += 1 }
    shift = 32 - bits
    var slots = [UInt64](repeating: 0, count: 1 << Int(bits))
    var filter = [UInt64](repeating: 0, count: slots.count / Self.slotsPerWord)
    var rows: [SIMD16<Int8>] = []
    rows.reserveCapacity(model.features.count * chunks)
    for (index, feature) in model.features.enumerated() {
      var slot = Self.slot(of: feature, shift)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt64(feature + 1) << 32 | UInt64(index)
      filter[Int(feature >> 6) & (filter.count - 1)] |= 1 << UInt64(feature & 63)
      for chunk in 0..<chunks {
        var row = SIMD16<Int8>()
        for lane in 0..<min(Lanes.scalarCount, tagCount - chunk * Lanes.scalarCount) {
          row[lane] = model.weights[index * tagCount + chunk * Lanes.scalarCount + lane]
        }
        rows.append(row)
      }
    }
    self.slots = slots
    self.filter = filter
    self.rows = rows
  }

  @inline(__always)
  private static func slot(of feature: UInt32, _ shift: UInt32) -> Int {
    Int((feature &* 0x9e37_79b1) &>> shift)
  }

  /// Adds the weights of some features to `sums`, of which there are `chunks`. The features are overwritten.
  @inline(__always)
  func add(
    _ features: UnsafeMutablePointer<UInt32>, _ count: Int, to sums: UnsafeMutablePointer<Lanes>
  ) {
    let count = findRows(features, likely(features, count))
    rows.withUnsafeBufferPointer { rows in
      for chunk in 0..<chunks {
        var sum = sums[chunk]
        for index in 0..<count {
          sum &+= Lanes(truncatingIfNeeded: rows[Int(features[index]) &* chunks &+ chunk])
        }
        sums[chunk] = sum
      }
    }
  }

  /// Moves the features that may have weights to the front; how many there are.
  @inline(__always)
  private func likely(_ features: UnsafeMutablePointer<UInt32>, _ count: Int) -> Int {
    filter.withUnsafeBufferPointer { filter in
      var likely = 0
      let mask = filter.count &- 1
      for index in 0..<count {
        let feature = features[index]
        features[likely] = feature
        likely &+= Int(filter[Int(feature &>> 6) & mask] &>> UInt64(feature & 63) & 1)
      }
      return likely
    }
  }

  /// Puts the rows of features in their place; how many there are.
  @inline(__always)
  private func findRows(_ features: UnsafeMutablePointer<UInt32>, _ count: Int) -> Int {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count &- 1
      var found = 0
      for index in 0..<count {
        let wanted = UInt64(features[index] &+ 1)
        var slot = Self.slot(of: features[index], shift)
        while slots[slot] != 0 {
          if slots[slot] &>> 32 == wanted {
            features[found] = UInt32(truncatingIfNeeded: slots[slot])
            found &+= 1
            break
          }
          slot = (slot &+ 1) & mask
        }
      }
      return found
    }
  }
}
