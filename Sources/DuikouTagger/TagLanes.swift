/// Where the tags of a model lie in the vectors that scores are added up in.
///
/// A character takes `chunks` vectors. Each holds four tags that begin something (O, or a B), and in its upper half
/// those that go on with the same ones. A lane with no tag holds what no path comes through.
struct TagLanes: Sendable {
  typealias Scores = SIMD8<Int32>
  /// Sums of weights, of which a character has few enough for 16 bits.
  typealias Sums = SIMD8<Int16>
  typealias Weights = SIMD8<Int8>

  static let perChunk = 8

  let tags: TagSet
  /// How many vectors the scores of a character take.
  let chunks: Int

  init(_ tags: TagSet) {
    self.tags = tags
    chunks = (tags.types.count + 4) / 4
  }

  /// The lane of a tag, counted through the chunks.
  @inline(__always)
  static func lane(of tag: Int) -> Int {
    let slot = (tag + 1) >> 1
    return (slot >> 2) << 3 | slot & 3 | (TagSet.isInside(tag) ? 4 : 0)
  }

  /// The vectors of one character, from a number for each tag; `empty` is for lanes without one.
  func vectors<Scalar>(
    empty: Scalar, _ value: (_ tag: Int) -> Scalar
  ) -> [SIMD8<Scalar>] where Scalar: SIMDScalar {
    var vectors = [SIMD8<Scalar>](repeating: SIMD8(repeating: empty), count: chunks)
    for tag in 0..<tags.count {
      let lane = Self.lane(of: tag)
      vectors[lane / Self.perChunk][lane % Self.perChunk] = value(tag)
    }
    return vectors
  }
}
