/// What one tag behind another adds to the score of a sentence.
struct TransitionTable: Sendable {
  private typealias Scores = TagLanes.Scores

  let lanes: TagLanes
  /// Of the first tag.
  let starts: [TagLanes.Scores]
  /// By tag, the vectors of next tags.
  private let rows: [TagLanes.Scores]
  /// By chunk, what a tag that goes on adds behind its beginning, and behind itself.
  private let begun: [SIMD4<Int32>]
  private let going: [SIMD4<Int32>]
  /// For each tag but O the most that any next one but those which go on can add, and for O the least.
  private let most: [TagLanes.Scores]
  private let leastOutside: Int32

  /// Below every score, and far enough from the limit to be added to twice.
  static let never = Int32.min / 4

  /// `transitions` has the weights of first tags, and then those of next tags for each tag. What is not
  /// legal is taken out.
  init(tags: TagSet, transitions: [Int32]) {
    let lanes = TagLanes(tags)
    self.lanes = lanes
    let count = tags.count
    func weight(_ tag: Int?, _ next: Int) -> Int32 {
      guard TagSet.isLegal(tag, next) else { return Self.never }
      return transitions[(tag.map { $0 + 1 } ?? 0) * count + next]
    }
    starts = lanes.vectors(empty: Self.never) { weight(nil, $0) }
    rows = (0..<count).flatMap { tag in lanes.vectors(empty: Self.never) { weight(tag, $0) } }
    let next = (0..<count).filter { !TagSet.isInside($0) }
    most = lanes.vectors(empty: Self.never) { tag in
      tag == TagSet.outside ? Self.never : next.map { weight(tag, $0) }.max() ?? 0
    }
    leastOutside = next.map { weight(TagSet.outside, $0) }.min() ?? 0
    func insideWeights(_ weight: (_ tag: Int) -> Int32) -> [SIMD4<Int32>] {
      lanes.vectors(empty: Self.never) { TagSet.isInside($0) ? weight($0) : Self.never }
        .map(\.highHalf)
    }
    begun = insideWeights { weight($0 - 1, $0) }
    going = insideWeights { weight($0, $0) }
  }

  var tagCount: Int { lanes.tags.count }

  /// Fills in, for each character and tag, the best score of what ends there, and the tag before. The
  /// scores of the first character are there.
  func readForwards(
    _ scores: UnsafePointer<TagLanes.Scores>, _ count: Int,
    _ forward: UnsafeMutablePointer<TagLanes.Scores>, _ back: UnsafeMutablePointer<TagLanes.Scores>
  ) {
    let (chunks, tagCount) = (lanes.chunks, tagCount)
    rows.withUnsafeBufferPointer { rows in
      guard let rows = rows.baseAddress else { return }
      for at in 1..<max(1, count) {
        let last = forward + (at &- 1) &* chunks
        // Most text is no name, nor could have been one.
        let tagsToTry = isOutside(last) ? 1 : tagCount
        for chunk in 0..<chunks {
          let here = at &* chunks &+ chunk
          let (open, openTag) = Self.best(last, rows + chunk, chunks, tagsToTry)
          // What goes on is behind its beginning or behind itself.
          let begun = last[chunk].lowHalf &+ begun[chunk]
          let going = last[chunk].highHalf &+ going[chunk]
          let isGoing = going .> begun
          let inside = begun.replacing(with: going, where: isGoing)
          let insideTag = Self.begins(chunk).replacing(
            with: Self.begins(chunk) &+ 1, where: isGoing)
          let floor = SIMD4(repeating: Self.never)
          forward[here] =
            TagLanes.Scores(
              lowHalf: open, highHalf: inside.replacing(with: floor, where: inside .< floor))
            &+ scores[here]
          back[here] = TagLanes.Scores(lowHalf: openTag, highHalf: insideTag)
        }
      }
    }
  }

  /// The tags of a chunk that begin a name; the first of all is none.
  @inline(__always)
  private static func begins(_ chunk: Int) -> SIMD4<Int32> {
    SIMD4(-1, 1, 3, 5) &+ Int32(truncatingIfNeeded: 8 &* chunk)
  }

  /// Whether nothing but O can be in front of the best that begins behind these scores.
  @inline(__always)
  private func isOutside(_ last: UnsafeMutablePointer<TagLanes.Scores>) -> Bool {
    var others = last[0] &+ most[0]
    for chunk in 1..<max(1, lanes.chunks) {
      let score = last[chunk] &+ most[chunk]
      others.replace(with: score, where: score .> others)
    }
    return last[0][0] &+ leastOutside >= others.max()
  }

  /// The best scores in front of the tags of a chunk that begin something, from the first `tagCount` tags, and the
  /// tags that have them: of the same scores the lower tag.
  @inline(__always)
  private static func best(
    _ last: UnsafeMutablePointer<TagLanes.Scores>, _ row: UnsafePointer<TagLanes.Scores>,
    _ chunks: Int, _ tagCount: Int
  ) -> (score: SIMD4<Int32>, tag: SIMD4<Int32>) {
    let last = UnsafeRawPointer(last).assumingMemoryBound(to: Int32.self)
    var best = row[0].lowHalf &+ last[0]
    var bestTag = SIMD4<Int32>()
    for tag in 1..<max(1, tagCount) {
      let score = row[tag &* chunks].lowHalf &+ last[TagLanes.lane(of: tag)]
      let isBetter = score .> best
      best.replace(with: score, where: isBetter)
      bestTag.replace(with: Int32(truncatingIfNeeded: tag), where: isBetter)
    }
    return (best, bestTag)
  }

  /// Fills in, for each character and tag, the best score of what follows.
  func readBackwards(
    _ scores: UnsafePointer<TagLanes.Scores>, _ count: Int,
    _ backward: UnsafeMutablePointer<TagLanes.Scores>
  ) {
    let (chunks, tagCount) = (lanes.chunks, tagCount)
    rows.withUnsafeBufferPointer { rows in
      for chunk in 0..<chunks { backward[(count &- 1) &* chunks &+ chunk] = .zero }
      for at in stride(from: count &- 2, through: 0, by: -1) {
        let next = (at &+ 1) &* chunks
        for chunk in 0..<chunks { backward[at &* chunks &+ chunk] = .zero }
        for tag in 0..<tagCount {
          var most = SIMD8(repeating: Self.never)
          for chunk in 0..<chunks {
            let score =
              rows[tag &* chunks &+ chunk] &+ scores[next &+ chunk] &+ backward[next &+ chunk]
            most.replace(with: score, where: score .> most)
          }
          let lane = TagLanes.lane(of: tag)
          backward[at &* chunks &+ lane / TagLanes.perChunk][lane % TagLanes.perChunk] = most.max()
        }
      }
    }
  }
}
