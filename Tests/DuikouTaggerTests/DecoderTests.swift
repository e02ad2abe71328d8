import Testing

@testable import DuikouTagger

@Suite("The decoder")
struct DecoderTests {
  private static let tags = TagSet(["a", "b"])

  /// Scores by lot.
  private static func scores(_ count: Int, _ generator: inout SplitMix64, most: UInt64) -> [Int32] {
    (0..<count).map { _ in Int32(generator.next() % (2 * most)) - Int32(most) }
  }

  /// The score of a sequence; nil where it is not legal.
  private static func score(
    _ path: [Int], _ scores: [Int32], _ transitions: [Int32], _ tags: TagSet
  ) -> Int? {
    var sum = 0
    for (at, tag) in path.enumerated() {
      guard TagSet.isLegal(at == 0 ? nil : path[at - 1], tag) else { return nil }
      let row = at == 0 ? 0 : path[at - 1] + 1
      sum += Int(scores[at * tags.count + tag]) + Int(transitions[row * tags.count + tag])
    }
    return sum
  }

  /// All sequences of so many tags.
  private static func paths(_ count: Int, _ tags: TagSet) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return paths(count - 1, tags).flatMap { path in (0..<tags.count).map { path + [$0] } }
  }

  private static func decoded(
    _ scores: [Int32], _ transitions: [Int32], count: Int, _ tags: TagSet = tags
  ) -> (path: [Int], names: [Range<Int>], margins: [Int]) {
    var decoder = Decoder(TransitionTable(tags: tags, transitions: transitions))
    let vectors = (0..<count).flatMap { at in
      TagLanes(tags).vectors(empty: 0) { scores[at * tags.count + $0] }
    }
    decoder.decode(vectors, count: count)
    let names = NameRanges.of(decoder.path)
    let margins = decoder.margins(of: names, vectors, count: count)
    return (decoder.path.map(Int.init), names, margins)
  }

  @Test(
    "finds the best of all legal sequences, and how far each name is ahead",
    arguments: 0..<40, [(2, 4), (3, 4), (5, 3)])
  func best(_ seed: Int, _ size: (types: Int, count: Int)) {
    var generator = SplitMix64(seed: UInt64(seed))
    let tags = TagSet((0..<size.types).map { "type\($0)" })
    let transitions = Self.scores((tags.count + 1) * tags.count, &generator, most: 20)
    let scores = Self.scores(size.count * tags.count, &generator, most: 30)
    let legal = Self.paths(size.count, tags).compactMap { path in
      Self.score(path, scores, transitions, tags).map { (path: path, score: $0) }
    }
    let best = legal.map(\.score).max() ?? 0
    let found = Self.decoded(scores, transitions, count: size.count, tags)
    #expect(Self.score(found.path, scores, transitions, tags) == best)
    for (name, margin) in zip(found.names, found.margins) {
      let others = legal.filter { other in
        let ranges = NameRanges.of(other.path.map { UInt8($0) })
        let isSame =
          ranges.contains(name) && other.path[name.lowerBound] == found.path[name.lowerBound]
        return !isSame
      }
      #expect(margin == best - (others.map(\.score).max() ?? 0))
    }
  }

  @Test("gives legal tags only, whatever the scores are", arguments: 0..<20)
  func legality(_ seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    // Scores that ask for tags which are not legal.
    var scores = Self.scores(30 * 5, &generator, most: 100)
    for at in 0..<30 { scores[at * 5 + 2 + 2 * (at % 2)] += 1000 }
    let transitions = Self.scores(6 * 5, &generator, most: 32_000)
    let path = Self.decoded(scores, transitions, count: 30).path
    for (at, tag) in path.enumerated() {
      #expect(TagSet.isLegal(at == 0 ? nil : path[at - 1], tag))
    }
  }

  @Test(
    "reads names from tags",
    arguments: [
      ([0, 0], []), ([1], [0..<1]), ([1, 2, 2, 0], [0..<3]), ([1, 1, 2], [0..<1, 1..<3]),
      ([0, 1, 3, 4], [1..<2, 2..<4]), ([], []),
    ] as [([UInt8], [Range<Int>])])
  func names(_ path: [UInt8], _ ranges: [Range<Int>]) {
    #expect(NameRanges.of(path) == ranges)
  }
}
