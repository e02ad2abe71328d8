/// Adds up the scores of a sentence's characters, one sentence after the other.
struct SentenceScorer {
  private let table: WeightTable
  private var contexts: ContextScores
  /// For each character its sums, behind room for what groups say of characters in front of the first.
  private var sums: [TagLanes.Sums] = []
  /// Groups of features, and where they begin in their upper halves.
  private var groups: [UInt64] = []
  /// The vectors of each character of the sentence that was read last, and what is left of longer ones.
  private(set) var scores: [TagLanes.Scores] = []

  init(_ table: WeightTable) {
    self.table = table
    contexts = ContextScores(chunks: table.chunks)
  }

  /// Reads a sentence of `count` characters.
  mutating func score(_ window: FeatureWindow, count: Int) {
    let front = Feature.places * table.chunks
    Self.grow(&sums, to: front + window.placeCount * table.chunks, .zero)
    Self.grow(&groups, to: window.placeCount * FeatureWindow.mostGroups + 1, 0)
    Self.grow(&scores, to: count * table.chunks, .zero)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress.map({ $0 + front }) else { return }
      contexts.write(window, count: count, table, to: sums)
      Self.addGroups(of: window, table, &groups, to: sums)
      for at in 0..<count &* table.chunks {
        scores[at] = TagLanes.Scores(truncatingIfNeeded: sums[at])
      }
    }
  }

  /// Adds the scores of what stands around each character.
  private static func addGroups(
    of window: FeatureWindow, _ table: WeightTable, _ groups: inout [UInt64],
    to sums: UnsafeMutablePointer<TagLanes.Sums>
  ) {
    groups.withUnsafeMutableBufferPointer { groups in
      // Those that may have weights are found without a branch, and only they are looked up.
      var likely = 0
      for place in 0..<window.placeCount {
        window.forEachGroup(at: place) { group in
          groups[likely] = UInt64(place) << 32 | UInt64(group)
          likely &+= table.isLikely(group)
        }
      }
      for index in 0..<likely {
        let place = Int(truncatingIfNeeded: groups[index] &>> 32)
        table.add(UInt32(truncatingIfNeeded: groups[index]), to: sums + place &* table.chunks)
      }
    }
  }

  private static func grow<Element>(_ array: inout [Element], to count: Int, _ zero: Element) {
    if array.count < count {
      array.append(contentsOf: repeatElement(zero, count: count - array.count))
    }
  }
}
