import DuikouText

/// Changes of several figures that are told together.
extension FoundFigure {
  /// Bytes of 分别比上年同期增长 and the like.
  private static let longestFront = 30

  /// Gives each change of 接待1.1亿人次，收入3440亿元，分别增长18.9%和26.7% what its own number counts.
  static func share(_ found: inout [FoundFigure], in text: SourceText) {
    var index = 0
    while index < found.count {
      let start = index
      index += 1
      guard found[start].isDelta else { continue }
      while index < found.count, found[index].isDelta,
        found[index].isNext(to: found[index - 1], in: text)
      {
        index += 1
      }
      guard index - start > 1, found[start].isEach(in: text) else { continue }
      let wholes = found[..<start].reversed().prefix { $0.sentence == found[start].sentence }
        .filter { !$0.isDelta }.prefix(index - start)
      guard wholes.count == index - start else { continue }
      for (offset, whole) in wholes.reversed().enumerated() {
        found[start + offset].indicator = whole.indicator
      }
    }
  }

  private func isNext(to other: FoundFigure, in text: SourceText) -> Bool {
    let end = other.quantity.range.upperBound
    let width = text.width(ofAny: ["和", "、", "与"], at: end)
    return width > 0 && end + width == quantity.range.lowerBound
  }

  /// Whether 分别 stands before it, a few words aside.
  private func isEach(in text: SourceText) -> Bool {
    let start = quantity.range.lowerBound
    let front = text.clauseStart(of: start, within: Self.longestFront)..<start
    return text.firstOffset(of: "分别", in: front) != nil
  }
}
