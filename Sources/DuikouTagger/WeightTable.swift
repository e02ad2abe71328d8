/// The weights of features, as they are looked up: an open hash table of their groups.
struct WeightTable: Sendable {
  /// By slot: the group and one in its upper half; behind them a bit for each place that has a feature, and the row
  /// of the first of those, whose rows stand together; 0 for an empty slot.
  private let slots: [UInt64]
  private let shift: UInt32
  /// A bit for the hashes that groups have; most others have none.
  private let filter: [UInt64]
  private let filterShift: UInt32
  /// The rows, each of `chunks` vectors.
  private let rows: [TagLanes.Weights]

  private static let rowBits: UInt64 = 24
  /// Bits of the filter for a slot.
  private static let filterBits = 4

  /// How many vectors the scores of a character take.
  let chunks: Int

  init(_ model: TaggerModel) {
    let lanes = TagLanes(model.tags)
    chunks = lanes.chunks
    // Features rise, and with them their groups.
    var groups: [(group: UInt32, places: UInt64, row: Int)] = []
    var rows: [TagLanes.Weights] = []
    rows.reserveCapacity(model.features.count * lanes.chunks)
    for (index, number) in model.features.enumerated() {
      let feature = Feature(number: number)
      if groups.last?.group != feature.group { groups.append((feature.group, 0, index)) }
      groups[groups.count - 1].places |= 1 << UInt64(feature.place)
      rows += lanes.vectors(empty: 0) { model.weights[index * model.tags.count + $0] }
    }
    var bits: UInt32 = 4
    while 1 << Int(bits) < 2 * groups.count { bits += 1 }
    shift = 32 - bits
    var slots = [UInt64](repeating: 0, count: 1 << Int(bits))
    var filter = [UInt64](repeating: 0, count: max(1, slots.count * Self.filterBits / 64))
    filterShift = 32 - UInt32(filter.count.trailingZeroBitCount + 6)
    for (group, places, row) in groups {
      let hash = Self.hash(group)
      var slot = Int(hash >> shift)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt64(group + 1) << 32 | places << Self.rowBits | UInt64(row)
      filter[Int(hash >> filterShift) >> 6] |= 1 << UInt64(hash >> filterShift & 63)
    }
    self.slots = slots
    self.filter = filter
    self.rows = rows
  }

  @inline(__always)
  private static func hash(_ group: UInt32) -> UInt32 { group &* 0x9e37_79b1 }

  /// Whether there may be weights for a group: 0 or 1.
  @inline(__always)
  func isLikely(_ group: UInt32) -> Int {
    filter.withUnsafeBufferPointer { filter in
      let bit = Self.hash(group) &>> filterShift
      return Int(truncatingIfNeeded: filter[Int(bit &>> 6)] &>> UInt64(bit & 63) & 1)
    }
  }

  /// Adds the weights of a group's features to the vectors of the characters that they belong to: `sums` are those
  /// of the character at place 0, behind those of `Feature.places` others. `places` has a bit for each that counts.
  @inline(__always)
  func add(
    _ group: UInt32, to sums: UnsafeMutablePointer<TagLanes.Sums>, places wanted: UInt64 = .max
  ) {
    let slot = find(group)
    var places = slot &>> Self.rowBits & (1 << UInt64(Feature.places) - 1) & wanted
    var row = Int(truncatingIfNeeded: slot & (1 << Self.rowBits - 1)) &* chunks
    rows.withUnsafeBufferPointer { rows in
      while places != 0 {
        let at = sums - places.trailingZeroBitCount &* chunks
        for chunk in 0..<chunks {
          at[chunk] &+= TagLanes.Sums(truncatingIfNeeded: rows[row &+ chunk])
        }
        row &+= chunks
        places &= places &- 1
      }
    }
  }

  /// What the table says of a group; 0 where it has none.
  @inline(__always)
  private func find(_ group: UInt32) -> UInt64 {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count &- 1
      var slot = Int(Self.hash(group) &>> shift)
      while slots[slot] != 0, slots[slot] &>> 32 != UInt64(group &+ 1) { slot = (slot &+ 1) & mask }
      return slots[slot]
    }
  }
}
