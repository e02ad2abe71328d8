/// Trains a tagger on a corpus: an averaged perceptron over features of characters.
///
/// The same corpus, words and options give the same model, byte by byte.
public struct TaggerTrainer: Sendable {
  public let options: TrainingOptions
  /// Words that the model is to look for.
  public let words: WordList

  public init(options: TrainingOptions = TrainingOptions(), words: WordList = WordList()) {
    self.options = options
    self.words = words
  }

  /// Trains a model, and finds out by `heldOut` how sure it may be; without that its confidence is always 0.
  ///
  /// Takes as long as it takes; `progress` is told how many of how many sentences are read, on the same
  /// thread, and may throw to end it.
  public func train(
    on corpus: Corpus, heldOut: Corpus? = nil,
    progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws -> TaggerModel {
    let types = corpus.types
    guard !types.isEmpty else { throw TrainingError.noNames }
    guard types.count <= TagSet.mostTypes else { throw TrainingError.tooManyTypes(types.count) }
    let tags = TagSet(types)
    let sentences = corpus.sentences.flatMap(\.pieces)
    let truths = sentences.map { $0.tags(in: tags) }
    let index = FeatureIndex(sentences, words: words, leastCount: options.leastCount)
    var perceptron = Perceptron(index, tags: tags)
    var generator = SplitMix64(seed: options.seed)
    var order = Array(sentences.indices)
    let total = options.epochs * sentences.count
    var done = 0
    for _ in 0..<options.epochs {
      generator.shuffle(&order)
      for sentence in order {
        perceptron.learn(sentence, truths[sentence])
        done += 1
        if done % 256 == 0 || done == total { try progress(done, total) }
      }
    }
    let model = try perceptron.averages.model(
      tags: tags, words: words, largest: options.largestModel)
    return heldOut.map { model.calibrated(Self.calibrations(of: model, by: $0)) } ?? model
  }

  private static func calibrations(of model: TaggerModel, by corpus: Corpus) -> [Calibration] {
    let tagger = Tagger(model)
    var found: [[(margin: Int, isRight: Bool)]] = Array(
      repeating: [], count: model.tags.types.count)
    for sentence in corpus.sentences {
      let truth = Set(sentence.names)
      for name in tagger.names(in: sentence.characters) {
        let label = LabeledSentence.Name(range: name.range, type: model.tags.types[name.type])
        found[name.type].append((name.margin, truth.contains(label)))
      }
    }
    return found.map { Calibration($0) }
  }
}
