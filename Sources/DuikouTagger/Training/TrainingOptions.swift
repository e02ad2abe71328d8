/// How a tagger is trained.
public struct TrainingOptions: Equatable, Sendable {
  /// How often the corpus is read.
  public var epochs: Int
  /// Decides over the order in which sentences are read.
  public var seed: UInt64
  /// Features that occur less often in the corpus are left out.
  public var leastCount: Int
  /// Bytes of the largest model; small weights are left out of a larger one.
  public var largestModel: Int

  public init(
    epochs: Int = 8, seed: UInt64 = 1, leastCount: Int = 1, largestModel: Int = 16 << 20
  ) {
    self.epochs = epochs
    self.seed = seed
    self.leastCount = leastCount
    self.largestModel = largestModel
  }
}
