import Testing

@testable import DuikouTagger

@Suite("The scorer of a sentence")
struct SentenceScorerTests {
  private static func window(_ sentence: LabeledSentence, _ model: TaggerModel) -> FeatureWindow {
    var window = FeatureWindow(hasWords: !model.words.words.isEmpty)
    window.reset(count: sentence.characters.count)
    for (at, character) in sentence.characters.enumerated() { window.set(character, at: at) }
    WordMarker(model.words).mark(sentence.characters, in: &window)
    return window
  }

  /// The score of a character's tag, feature by feature.
  private static func score(
    _ window: FeatureWindow, at: Int, tag: Int, _ model: TaggerModel
  ) -> Int32 {
    var features = [UInt32](repeating: 0, count: window.count)
    features.withUnsafeMutableBufferPointer { window.write(at: at, to: $0.baseAddress!) }
    return features.reduce(0) { sum, feature in
      guard let index = model.features.firstIndex(of: feature) else { return sum }
      return sum + Int32(model.weights[index * model.tags.count + tag])
    }
  }

  @Test("adds the weights of each feature, one sentence after the other, with words and without")
  func scores() throws {
    let words = WordList([
      .init(text: "主任", kind: 0), .init(text: "宋", kind: 1), .init(text: "水镇", kind: 2),
    ])
    for words in [WordList(), words] {
      let model = try TaggerTrainer(words: words).train(on: SmallCorpus.corpus)
      var scorer = SentenceScorer(WeightTable(model))
      for sentence in SmallCorpus.corpus.sentences.prefix(20) {
        let window = Self.window(sentence, model)
        let count = sentence.characters.count
        scorer.score(window, count: count)
        let chunks = TagLanes(model.tags).chunks
        for at in 0..<count {
          for tag in 0..<model.tags.count {
            let lane = TagLanes.lane(of: tag)
            let found = scorer.scores[at * chunks + lane / TagLanes.perChunk][
              lane % TagLanes.perChunk]
            #expect(found == Self.score(window, at: at, tag: tag, model))
          }
        }
      }
    }
  }

  @Test("counts no feature where its group is named but its place is another")
  func places() {
    let tags = TagSet(["a"])
    let group = Feature.group(0, 0x6797)
    let model = TaggerModel(
      tags: tags, words: WordList(), calibrations: [Calibration(steps: [])],
      transitions: Array(repeating: 0, count: 12),
      features: [Feature(group: group, place: 2).number, Feature(group: group, place: 7).number],
      weights: [1, 2, 3, 100, 100, 100])
    var window = FeatureWindow(hasWords: false)
    window.reset(count: 3)
    for at in 0..<3 { window.set(at == 1 ? 0x6797 : 0x4e00, at: at) }
    var scorer = SentenceScorer(WeightTable(model))
    scorer.score(window, count: 3)
    #expect(scorer.scores.prefix(3).map { $0[0] } == [0, 1, 0])
  }
}
