import DuikouPlugin
import DuikouText

/// Where a project stands, by the words of a cell.
enum ProjectStatus {
  /// The first that a cell has counts.
  private static let words: [(word: String, status: Int)] = [
    ("完毕", DK_DONE), ("未开工", DK_PLANNED), ("未启动", DK_PLANNED), ("未动工", DK_PLANNED),
    ("未实施", DK_PLANNED), ("未建", DK_PLANNED), ("拟", DK_PLANNED), ("待建", DK_PLANNED),
    ("前期", DK_PLANNED), ("规划", DK_PLANNED), ("立项", DK_PLANNED), ("签约", DK_PLANNED),
    ("谋划", DK_PLANNED), ("未完", DK_RUNNING), ("在建", DK_RUNNING), ("正在", DK_RUNNING),
    ("已完", DK_DONE), ("已建", DK_DONE), ("已竣工", DK_DONE), ("已投", DK_DONE),
    ("按计划", DK_RUNNING), ("计划", DK_PLANNED), ("续建", DK_RUNNING), ("开工", DK_RUNNING),
    ("实施", DK_RUNNING), ("推进", DK_RUNNING), ("建设中", DK_RUNNING), ("施工", DK_RUNNING),
    ("进行中", DK_RUNNING), ("完工", DK_DONE), ("建成", DK_DONE), ("竣工", DK_DONE),
    ("完成", DK_DONE), ("验收", DK_DONE), ("投用", DK_DONE), ("投入使用", DK_DONE),
    ("投入运营", DK_DONE), ("运营", DK_DONE),
  ]

  /// The words, with their places in the list.
  private static let lexicon = Lexicon(words.enumerated().map { ($1.word, UInt32($0)) })

  /// DK_PLANNED and so on; nil where no word says it.
  static func of(_ range: Range<Int>, in text: SourceText) -> UInt32? {
    let isWhole = text.firstOffset(of: "100%", in: range) != nil
    // 已完成60%; 100% is left to the words.
    let isPart = !isWhole && text.firstOffset(of: "%", in: range) != nil
    let first = lexicon.matches(in: text, range: range, mode: .all).map(\.value).min()
    let status = first.map { words[Int($0)].status }
    if isPart, status != DK_PLANNED { return UInt32(DK_RUNNING) }
    return status.map { UInt32($0) } ?? (isWhole ? UInt32(DK_DONE) : nil)
  }
}
