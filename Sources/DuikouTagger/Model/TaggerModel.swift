/// What a tagger knows: the weights that training has found, the words that it looks for, and how sure
/// it may be.
///
/// A model never changes; any number of threads may read it.
public struct TaggerModel: Equatable, Sendable {
  /// The types of names that it finds.
  public let tags: TagSet
  /// The words that it looks for; none for a model without.
  public let words: WordList
  /// What margins are worth, for each type.
  public let calibrations: [Calibration]
  /// Weights of first tags, and then those of next tags for each tag.
  let transitions: [Int16]
  /// The features that have weights, in rising order.
  let features: [UInt32]
  /// For each feature its weights, one for each tag.
  let weights: [Int8]

  /// How many features have weights.
  public var featureCount: Int { features.count }

  /// Bits of a feature.
  static let featureBits: UInt32 = 28
}

extension TaggerModel {
  /// The same model, with what its margins are worth.
  func calibrated(_ calibrations: [Calibration]) -> TaggerModel {
    TaggerModel(
      tags: tags, words: words, calibrations: calibrations, transitions: transitions,
      features: features, weights: weights)
  }
}
