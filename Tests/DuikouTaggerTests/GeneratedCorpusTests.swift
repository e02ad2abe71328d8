import DuikouTagger
import DuikouText
import Foundation
import TestSupport
import Testing

/// The text that the shipped model is trained on, made anew.
@Suite("Generated text")
struct GeneratedCorpusTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func generate(_ name: String, sentences: Int) throws {
    try Program.check(
      "\(Repository.root)/.scripts/generate-tagger-corpus",
      ["\(folder.path)/\(name)", "--sentences", "\(sentences)"])
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func corpus(_ path: String) throws -> Corpus {
    try Corpus(try bytes("\(folder.path)/\(path)"))
  }

  @Test("is the same each time")
  func deterministic() throws {
    try generate("one", sentences: 60)
    try generate("two", sentences: 60)
    for file in ["train.txt", "held-out.txt", "words.tsv"] {
      #expect(try bytes("\(folder.path)/one/\(file)") == bytes("\(folder.path)/two/\(file)"))
    }
  }

  @Test("teaches names that stand in other sentences, even a little of it")
  func teaches() throws {
    try generate("small", sentences: 700)
    let words = WordList(DataTable(try bytes("\(folder.path)/small/words.tsv")))
    let heldOut = try corpus("small/held-out.txt")
    let model = try TaggerTrainer(
      options: TrainingOptions(epochs: 2, leastCount: 3), words: words
    ).train(on: corpus("small/train.txt"), heldOut: heldOut)
    #expect(try TaggerModel(model.bytes) == model)
    let scores = TaggerScores(of: Tagger(model), on: heldOut)
    print("small model: \(scores.types.map { "\($0.type) \($0.counts.f1)" })")
    #expect(scores.total.f1 > 0.5)
  }

  @Test("is what the shipped model knows")
  func shipped() throws {
    let model = try TaggerModel(
      bytes("\(Repository.root)/Plugins/Tagger/Model/names.model"))
    #expect(model.tags.types == ["agency", "organisation", "person", "position", "scenic_spot"])
    try generate("floor", sentences: 900)
    let tagger = Tagger(model)
    let scores = TaggerScores(of: tagger, on: try corpus("floor/held-out.txt"))
    print("shipped model: \(scores.types.map { "\($0.type) \($0.counts.f1)" })")
    for (type, counts) in scores.types { #expect(counts.f1 > 0.7, "\(type)") }
    let sure = TaggerScores(of: tagger, on: try corpus("floor/held-out.txt"), threshold: 0.98)
    for (type, counts) in sure.types where type != "position" && counts.right > 0 {
      #expect(counts.precision > 0.9, "\(type)")
    }
  }
}
