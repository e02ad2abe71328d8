import DuikouText
import Testing

@testable import DuikouTagger

@Suite("Training")
struct TrainerTests {
  @Test("learns what a small corpus has")
  func learns() throws {
    let scores = TaggerScores(of: Tagger(try SmallCorpus.model()), on: SmallCorpus.corpus)
    #expect(scores.total.f1 == 1 && scores.types.map(\.type) == ["person", "spot"])
  }

  @Test("gives the same bytes for the same corpus, and others for another seed")
  func deterministic() throws {
    let model = try SmallCorpus.model()
    #expect(try SmallCorpus.model().bytes == model.bytes)
    #expect(try SmallCorpus.model(TrainingOptions(epochs: 3, seed: 2)).bytes != model.bytes)
  }

  @Test("keeps to the size that a model may have, down to where nothing is left")
  func size() throws {
    let whole = try SmallCorpus.model().bytes.count
    let half = try SmallCorpus.model(TrainingOptions(epochs: 3, largestModel: whole / 2))
    #expect(half.bytes.count <= whole / 2 && half.featureCount > 0)
    let error = #expect(throws: TrainingError.self) {
      try SmallCorpus.model(TrainingOptions(epochs: 1, largestModel: 16))
    }
    guard case .tooLarge(let least) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(least > 16)
  }

  @Test("leaves out what is rare")
  func rare() throws {
    let all = try SmallCorpus.model()
    let frequent = try SmallCorpus.model(TrainingOptions(epochs: 3, leastCount: 20))
    #expect(frequent.featureCount < all.featureCount)
  }

  @Test("refuses a corpus without names, and one with too many types")
  func refuses() {
    let plain = Corpus(sentences: [SmallCorpus.sentence([("", "好")])])
    #expect(throws: TrainingError.noNames) { try TaggerTrainer().train(on: plain) }
    let many = Corpus(
      sentences: (0..<16).map { SmallCorpus.sentence([("type\($0)", "名")]) })
    #expect(throws: TrainingError.tooManyTypes(16)) { try TaggerTrainer().train(on: many) }
  }

  @Test("tells how far it is, to the end")
  func progress() throws {
    var told: [Int] = []
    _ = try TaggerTrainer(options: TrainingOptions(epochs: 2)).train(on: SmallCorpus.corpus) {
      done, total in
      #expect(total == 2 * SmallCorpus.corpus.sentences.count)
      told.append(done)
    }
    #expect(told.last == 2 * SmallCorpus.corpus.sentences.count)
  }

  @Test("ends where progress throws")
  func cancelled() {
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try TaggerTrainer().train(on: SmallCorpus.corpus) { _, _ in throw Enough() }
    }
  }

  @Test("is not sure of anything without held-out text")
  func unsure() throws {
    let model = try TaggerTrainer(options: TrainingOptions(epochs: 2)).train(on: SmallCorpus.corpus)
    let names = Tagger(model).names(in: SmallCorpus.corpus.sentences[0].characters)
    #expect(!names.isEmpty && names.allSatisfy { $0.confidence == 0 })
  }

  /// What margins were right, and what others are worth.
  struct Worth: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var names: [(margin: Int, isRight: Bool)]
    var margin: Int
    var share: ClosedRange<Double>
  }

  @Test(
    "learns what margins are worth",
    arguments: [
      Worth(testDescription: "nothing, without names", names: [], margin: 50, share: 0...0),
      Worth(
        testDescription: "a half, of one right and one wrong",
        names: [(1, true), (1, false)], margin: 1, share: 0.5...0.5),
      Worth(
        testDescription: "much, where all above were right",
        names: (0..<100).map { ($0, $0 > 20) }, margin: 90, share: 0.9...0.999),
      Worth(
        testDescription: "little, where those below were wrong",
        names: (0..<100).map { ($0, $0 > 20) }, margin: 2, share: 0...0.2),
      Worth(
        testDescription: "never less than below, even where it was",
        names: (0..<100).map { ($0, $0 < 50) }, margin: 99, share: 0.4...0.6),
    ])
  func calibration(_ given: Worth) {
    let calibration = Calibration(given.names)
    #expect(given.share.contains(calibration.share(at: given.margin)))
    #expect(calibration.steps.count <= Calibration.mostSteps)
    let shares = calibration.steps.map(\.share)
    #expect(shares == shares.sorted())
  }
}
