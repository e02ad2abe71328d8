import DuikouTagger
import DuikouTerminal
import Foundation

/// What came of training a tagger.
struct TaggerReport {
  let model: TaggerModel
  let scores: TaggerScores
  let heldOut: Corpus
  /// Where the model was written; none where it was not.
  let files: [String]

  /// The figures on standard output; on standard error where the model is, and how a daemon is told of it.
  func show(_ language: Language) {
    let terminal = Terminal.standardOutput
    var table = TextTable([
      .init(language.pick("类型", "Type"), isFlexible: true),
      .init(language.pick("正确", "Right")), .init(language.pick("多余", "Spurious")),
      .init(language.pick("遗漏", "Missed")), .init(language.pick("精确率", "Precision")),
      .init(language.pick("召回率", "Recall")), .init("F1"),
    ])
    for (type, counts) in scores.types { table.add(Self.cells(type, counts)) }
    table.add(Self.cells(language.pick("合计", "all"), scores.total))
    terminal.write(table.rendered(for: terminal))
    let count = heldOut.sentences.count
    let size = (model.bytes.count + 1023) / 1024
    Terminal.standardError.write(
      foreign: language.pick(
        "以 \(count) 句测得；模型 \(size) KiB，特征 \(model.featureCount) 个。\n",
        "Measured on \(count) sentences; the model has \(size) KiB and \(model.featureCount) features.\n"
      ))
    guard !files.isEmpty else { return }
    Terminal.standardError.write(
      foreign: language.pick("duikoud.yaml 中的设置：\n", "Settings for duikoud.yaml:\n") + settings)
  }

  /// The part of the daemon's settings that makes the plugin use the model.
  private var settings: String {
    let lines = files.enumerated().map { index, file in
      let key = index == 0 ? "model" : "model_\(index + 1)"
      let path = URL(fileURLWithPath: file).path.replacing("'", with: "''")
      return "    \(key): {file: '\(path)'}\n"
    }
    return "plugin:\n  org.duikou.tagger:\n" + lines.joined()
  }

  private static func cells(_ type: String, _ counts: TaggerScores.Counts) -> [String] {
    [type, "\(counts.right)", "\(counts.spurious)", "\(counts.missed)"]
      + [counts.precision, counts.recall, counts.f1].map { String(format: "%.3f", $0) }
  }
}
