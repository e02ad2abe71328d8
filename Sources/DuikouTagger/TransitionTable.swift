/// What one tag behind another adds to the score of a sentence.
struct TransitionTable: Sendable {
  let tagCount: Int
  /// Of the first tag.
  let starts: [Int32]
  /// By tag and next tag.
  let weights: [Int32]
  /// For each tag the least and the most that any next one but those which go on can add.
  private let bounds: [(least: Int32, most: Int32)]

  /// Below every score, and far enough from the limit to be added to.
  static let never = Int32.min / 4

  /// `transitions` has the weights of first tags, and then those of next tags for each tag. What is not
  /// legal is taken out.
  init(tags: TagSet, transitions: [Int32]) {
    let count = tags.count
    tagCount = count
    starts = (0..<count).map { TagSet.isLegal(nil, $0) ? transitions[$0] : Self.never }
    weights = (0..<count * count).map { at in
      TagSet.isLegal(at / count, at % count) ? transitions[count + at] : Self.never
    }
    bounds = (1...count).map { row in
      let next = (0..<count).lazy.filter { !TagSet.isInside($0) }.map {
        transitions[row * count + $0]
      }
      return (next.min() ?? 0, next.max() ?? 0)
    }
  }

  /// Fills in, for each character and tag, the best score of what ends there, and the tag before. The
  /// scores of the first character are there.
  func readForwards(
    _ scores: UnsafePointer<Int32>, _ count: Int, _ forward: UnsafeMutablePointer<Int32>,
    _ back: UnsafeMutablePointer<UInt8>
  ) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: tagCount) { open in
      weights.withUnsafeBufferPointer { weights in
        for row in stride(from: tagCount, to: count &* tagCount, by: tagCount) {
          let last = forward + (row &- tagCount)
          let openCount = findOpen(last, open)
          for tag in 0..<tagCount where !TagSet.isInside(tag) {
            var best = open[0]
            var most = Int32.min
            for index in 0..<openCount {
              let from = open[index]
              let score = last[from] &+ weights[from &* tagCount &+ tag]
              if score > most { (most, best) = (score, from) }
            }
            forward[row &+ tag] = most &+ scores[row &+ tag]
            back[row &+ tag] = UInt8(truncatingIfNeeded: best)
            guard tag > 0 else { continue }
            // What goes on is behind its beginning or behind itself.
            let inside = tag &+ 1
            let begun = last[tag] &+ weights[tag &* tagCount &+ inside]
            let going = last[inside] &+ weights[inside &* tagCount &+ inside]
            forward[row &+ inside] = max(begun, going, Self.never) &+ scores[row &+ inside]
            back[row &+ inside] = UInt8(truncatingIfNeeded: going > begun ? inside : tag)
          }
        }
      }
    }
  }

  /// The tags that may be the best in front of one which begins something anew; how many there are.
  private func findOpen(
    _ last: UnsafeMutablePointer<Int32>, _ open: UnsafeMutableBufferPointer<Int>
  ) -> Int {
    bounds.withUnsafeBufferPointer { bounds in
      var least = Int32.min
      for tag in 0..<tagCount { least = max(least, last[tag] &+ bounds[tag].least) }
      var count = 0
      for tag in 0..<tagCount where last[tag] &+ bounds[tag].most >= least {
        open[count] = tag
        count &+= 1
      }
      return count
    }
  }

  /// Fills in, for each character and tag, the best score of what follows.
  func readBackwards(
    _ scores: UnsafePointer<Int32>, _ count: Int, _ backward: UnsafeMutablePointer<Int32>
  ) {
    weights.withUnsafeBufferPointer { weights in
      var row = (count &- 1) &* tagCount
      for tag in 0..<tagCount { backward[row &+ tag] = 0 }
      while row > 0 {
        let next = row
        row &-= tagCount
        for tag in 0..<tagCount {
          var most = Self.never
          for to in 0..<tagCount {
            let score =
              weights[tag &* tagCount &+ to] &+ scores[next &+ to] &+ backward[next &+ to]
            most = max(most, score)
          }
          backward[row &+ tag] = most
        }
      }
    }
  }
}
