/// Finds the best sequence of tags, by Viterbi, and how far it is ahead of others.
///
/// Of two sequences of one score, the one with lower tags at its end is taken.
struct Decoder {
  private let table: TransitionTable
  private var forward: [Int32] = []
  private var backward: [Int32] = []
  private var back: [UInt8] = []
  /// The tags of the sentence that was decoded last.
  private(set) var path: [UInt8] = []

  init(_ table: TransitionTable) {
    self.table = table
  }

  /// Decodes a sentence of `count` characters; `scores` has a score for each of their tags.
  mutating func decode(_ scores: UnsafePointer<Int32>, count: Int) {
    path.removeAll(keepingCapacity: true)
    guard count > 0 else { return }
    let tagCount = table.tagCount
    Self.grow(&forward, to: count * tagCount, 0)
    Self.grow(&back, to: count * tagCount, 0)
    path.append(contentsOf: repeatElement(0, count: count))
    forward.withUnsafeMutableBufferPointer { forward in
      back.withUnsafeMutableBufferPointer { back in
        guard let forward = forward.baseAddress, let back = back.baseAddress else { return }
        for tag in 0..<tagCount { forward[tag] = table.starts[tag] &+ scores[tag] }
        table.readForwards(scores, count, forward, back)
        let last = forward + (count &- 1) &* tagCount
        var tag = 0
        for other in 1..<tagCount where last[other] > last[tag] { tag = other }
        for at in stride(from: count &- 1, through: 0, by: -1) {
          path[at] = UInt8(truncatingIfNeeded: tag)
          tag = Int(back[at &* tagCount &+ tag])
        }
      }
    }
  }

  /// By how much the path is ahead of the best one in which a name is not found as it was: the least that
  /// any of its characters' tags, or the end behind it, is ahead.
  ///
  /// `names` are those of the path; `scores` are the same as before.
  mutating func margins(
    of names: [Range<Int>], _ scores: UnsafePointer<Int32>, count: Int
  ) -> [Int] {
    guard !names.isEmpty else { return [] }
    Self.grow(&backward, to: count * table.tagCount, 0)
    backward.withUnsafeMutableBufferPointer { backward in
      if let backward = backward.baseAddress { table.readBackwards(scores, count, backward) }
    }
    let best = score(at: count - 1) { $0 == Int(path[count - 1]) }
    return names.map { name in
      let type = TagSet.type(of: Int(path[name.lowerBound]))
      var margin = name.reduce(Int.max) { least, at in
        min(least, best - score(at: at) { $0 != Int(path[at]) })
      }
      if name.upperBound < count {
        margin = min(margin, best - score(at: name.upperBound) { $0 == TagSet.inside(type) })
      }
      return max(0, margin)
    }
  }

  /// The score of the best sequence that has one of some tags at a place.
  private func score(at index: Int, _ isMeant: (Int) -> Bool) -> Int {
    let row = index * table.tagCount
    var most = Int(TransitionTable.never)
    for tag in 0..<table.tagCount where isMeant(tag) {
      most = max(most, Int(forward[row + tag]) + Int(backward[row + tag]))
    }
    return most
  }

  private static func grow<Element>(_ array: inout [Element], to count: Int, _ zero: Element) {
    if array.count < count {
      array.append(contentsOf: repeatElement(zero, count: count - array.count))
    }
  }
}
