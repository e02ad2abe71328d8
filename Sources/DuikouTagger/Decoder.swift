/// Finds the best sequence of tags, by Viterbi, and how far it is ahead of others.
///
/// Of two sequences of one score, the one with lower tags at its end is taken.
struct Decoder {
  private let table: TransitionTable
  private var forward: [TagLanes.Scores] = []
  private var backward: [TagLanes.Scores] = []
  private var back: [TagLanes.Scores] = []
  /// The tags of the sentence that was decoded last.
  private(set) var path: [UInt8] = []

  init(_ table: TransitionTable) {
    self.table = table
  }

  /// Decodes a sentence of `count` characters; `scores` has the vectors of each.
  mutating func decode(_ scores: UnsafePointer<TagLanes.Scores>, count: Int) {
    path.removeAll(keepingCapacity: true)
    guard count > 0 else { return }
    let chunks = table.lanes.chunks
    Self.grow(&forward, to: count * chunks)
    Self.grow(&back, to: count * chunks)
    path.append(contentsOf: repeatElement(0, count: count))
    forward.withUnsafeMutableBufferPointer { forward in
      back.withUnsafeMutableBufferPointer { back in
        guard let forward = forward.baseAddress, let back = back.baseAddress else { return }
        for chunk in 0..<chunks { forward[chunk] = table.starts[chunk] &+ scores[chunk] }
        table.readForwards(scores, count, forward, back)
        let last = Self.scalars(forward + (count &- 1) &* chunks)
        var tag = 0
        for other in 1..<table.tagCount
        where last[TagLanes.lane(of: other)] > last[TagLanes.lane(of: tag)] { tag = other }
        let before = Self.scalars(back)
        for at in stride(from: count &- 1, through: 0, by: -1) {
          path[at] = UInt8(truncatingIfNeeded: tag)
          tag = Int(before[at &* chunks &* TagLanes.perChunk &+ TagLanes.lane(of: tag)])
        }
      }
    }
  }

  /// By how much the path is ahead of the best one in which a name is not found as it was: the least that
  /// any of its characters' tags, or the end behind it, is ahead.
  ///
  /// `names` are those of the path; `scores` are the same as before.
  mutating func margins(
    of names: [Range<Int>], _ scores: UnsafePointer<TagLanes.Scores>, count: Int
  ) -> [Int] {
    guard !names.isEmpty else { return [] }
    Self.grow(&backward, to: count * table.lanes.chunks)
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
    let row = index * table.lanes.chunks
    var most = Int(TransitionTable.never)
    for tag in 0..<table.tagCount where isMeant(tag) {
      let lane = TagLanes.lane(of: tag)
      let (at, part) = (row + lane / TagLanes.perChunk, lane % TagLanes.perChunk)
      most = max(most, Int(forward[at][part]) + Int(backward[at][part]))
    }
    return most
  }

  @inline(__always)
  private static func scalars(
    _ vectors: UnsafeMutablePointer<TagLanes.Scores>
  ) -> UnsafePointer<Int32> {
    UnsafeRawPointer(vectors).assumingMemoryBound(to: Int32.self)
  }

  private static func grow(_ vectors: inout [TagLanes.Scores], to count: Int) {
    if vectors.count < count {
      vectors.append(contentsOf: repeatElement(.zero, count: count - vectors.count))
    }
  }
}
