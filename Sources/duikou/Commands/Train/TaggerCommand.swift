import ArgumentParser
import DuikouModel
import DuikouTagger
import DuikouTerminal

extension Train {
  /// Trains a model for the tagger.
  struct TaggerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tagger", abstract: "Train a model that finds names, and measure it.",
      discussion: """
        The corpus has a character and its tag on each line (B-person, I-person, O; E- and S- too), with an \
        empty line between sentences, or an object of JSON on each line, as CLUENER has it. What is held out \
        is not learned from: by it the model is measured, and finds out how sure it may be. The plugin takes \
        a model of at most 256 KiB, in files of 64.

        EXAMPLES
          duikou train tagger train.json --held-out dev.json -o office.model --size 256
          duikou train tagger notices.txt --held-out 0.2 --types person,organisation
        """)

    @Argument(
      help: ArgumentHelp("The corpus to learn from.", valueName: "file"), completion: .file())
    var corpus: String

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp(
        "Where to write the model. Nothing is written without it.", valueName: "model"),
      completion: .file())
    var output: String?

    @Option(help: "How often to read the corpus.")
    var epochs = 8

    @Option(
      help: ArgumentHelp(
        "What to measure by: another corpus, or a share of this one.", valueName: "file|share"),
      completion: .file())
    var heldOut = "0.1"

    @Option(
      help: ArgumentHelp(
        "Words to look for: a word, a tab and its class on each line.", valueName: "file"),
      completion: .file())
    var words: String?

    @Option(
      help: ArgumentHelp(
        "The types of names to learn, with commas between them; all without it.", valueName: "types"
      ))
    var types: String?

    @Option(help: ArgumentHelp("The largest model to make.", valueName: "kib"))
    var size = 64

    @Option(
      help: ArgumentHelp(
        "Learn only from what occurs so often in the corpus.", valueName: "count"))
    var leastCount = 2

    @Option(help: "Decides over the order of reading, and over what is held out.")
    var seed: UInt64 = 1

    @Option(help: "How to show the figures: table or json.")
    var format: OutputFormat = .table

    @Option(help: "The language of tables: zh or en.")
    var lang: Language = .preferred

    func validate() throws {
      if !(1...1000).contains(epochs) { throw ValidationError("--epochs goes from 1 to 1000.") }
      if !(1...TrainingFiles.mostParts * 64).contains(size) {
        throw ValidationError("--size goes from 1 to \(TrainingFiles.mostParts * 64) KiB.")
      }
      if leastCount < 1 { throw ValidationError("--least-count is 1 or more.") }
      if let share = Double(heldOut), !(0..<1).contains(share) || share == 0 {
        throw ValidationError("A share to hold out is above 0 and below 1, such as 0.1.")
      }
    }

    func run() throws {
      do throws(DuikouError) {
        let (corpus, heldOut) = try corpora()
        let list = try words.map(TrainingFiles.words) ?? WordList()
        let model = try train(on: corpus, heldOut, list)
        let scores = TaggerScores(of: Tagger(model), on: heldOut)
        let files = try output.map { path throws(DuikouError) in
          try TrainingFiles.write(model.bytes, to: path)
        }
        show(TaggerReport(model: model, scores: scores, heldOut: heldOut, files: files ?? []))
      } catch {
        throw Failure.report(error)
      }
    }

    /// What to learn from, and what to measure by.
    private func corpora() throws(DuikouError) -> (corpus: Corpus, heldOut: Corpus) {
      let all = keeping(try TrainingFiles.corpus(corpus))
      if let types {
        let missing = names(in: types).subtracting(all.types).sorted()
        guard missing.isEmpty else {
          throw DuikouError(
            .invalidArgument,
            "\(corpus) has no names of the type \(missing.joined(separator: ", "))")
        }
      }
      guard let share = Double(heldOut) else {
        let other = keeping(try TrainingFiles.corpus(heldOut))
        guard !Set(all.types).isDisjoint(with: other.types) else {
          throw DuikouError(
            .invalidArgument,
            "\(heldOut) has none of the types of \(corpus), which are \(all.types.joined(separator: ", ")): call them "
              + "the same in both")
        }
        return (all, other)
      }
      let (rest, part) = all.split(holdingOut: share, seed: seed)
      guard !part.sentences.isEmpty, !rest.sentences.isEmpty else {
        throw DuikouError(
          .invalidArgument,
          "\(corpus) has \(all.sentences.count) sentences, too few to hold \(heldOut) of them out")
      }
      return (rest, part)
    }

    private func keeping(_ corpus: Corpus) -> Corpus {
      types.map { corpus.keeping(names(in: $0)) } ?? corpus
    }

    private func names(in list: String) -> Set<String> {
      Set(list.split { $0 == "," || $0 == " " }.map(String.init))
    }

    private func train(
      on corpus: Corpus, _ heldOut: Corpus, _ words: WordList
    ) throws(DuikouError) -> TaggerModel {
      let options = TrainingOptions(
        epochs: epochs, seed: seed, leastCount: leastCount, largestModel: size << 10)
      let label = lang.pick("训练", "training")
      var bar: ProgressBar?
      defer { bar?.finish() }
      do {
        return try TaggerTrainer(options: options, words: words).train(
          on: corpus, heldOut: heldOut
        ) { _, total in
          let shown = bar ?? ProgressBar(total: (total + 255) / 256)
          bar = shown
          shown.advance(label)
        }
      } catch {
        throw DuikouError(.invalidArgument, "\(self.corpus): \(error)", cause: error)
      }
    }

    private func show(_ report: TaggerReport) {
      switch format {
      case .json: Terminal.standardOutput.write(JSONOutput.training(report))
      case .table: report.show(lang)
      }
    }
  }
}
