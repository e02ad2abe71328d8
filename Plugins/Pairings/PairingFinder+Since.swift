import DuikouReading
import DuikouText

/// Since when divisions are a pair.
extension PairingFinder {
  /// What shows that a year is when help began, between it and whom it is for.
  private static let starts = ["开始", "批准", "确定", "明确", "决定", "启动", "承担", "起", "正式", "建立", "实施"]
  /// What shows that it had begun before.
  private static let ongoing = ["继续", "持续", "不断", "一直"]
  /// What stands before the day of a beginning.
  private static let fronts = ["自", "从", "自从"]
  /// Those that say when something was done, and since when nothing is.
  private static let nows = ["今年", "去年", "近", "年初", "本年", "本月", "当前", "目前"]
  /// Bytes between the day of a beginning and the word for it.
  private static let sinceReach = 240
  /// Bytes between a day and 结为, with a pair between them.
  private static let pairReach = 100

  /// Whether a date before a verb is when that began: 2018年起对口帮扶, 2010年国务院批准, but not 2022年援助.
  func isBeginning(_ date: Range<Int>, isOpen: Bool, of verb: HelpVerb) -> Bool {
    let text = document.text
    guard verb.word == .help else { return true }
    guard text.width(ofAny: Self.nows, at: date.lowerBound) == 0 else { return false }
    let between = date.upperBound..<max(date.upperBound, verb.range.lowerBound)
    if Self.ongoing.contains(where: { text.firstOffset(of: $0, in: between) != nil }) {
      return false
    }
    return isOpen || isBehindFront(date)
      || Self.starts.contains { text.firstOffset(of: $0, in: between) != nil }
  }

  /// Gives pairs the day on which their sentence says that they were formed: 自2016年起与卓资县建立结对关系, 2018年正式结对,
  /// 由房山区对口帮扶，始于2018年.
  mutating func setSince(of added: PartialRangeFrom<Int>, by items: [PairingItem]) {
    guard added.lowerBound < found.count, let day = since(in: items) else { return }
    for index in found[added].indices where found[index].since == nil { found[index].since = day }
  }

  private func since(in items: [PairingItem]) -> Int32? {
    let text = document.text
    var date: (day: Int32, isOpen: Bool, range: Range<Int>)?
    for item in items {
      switch item {
      case .date(let day, let isOpen, let range):
        if ["始于", "起于", "开始于"].contains(where: { text.has($0, before: range.lowerBound) }) {
          return day
        }
        let isNow = text.width(ofAny: Self.nows, at: range.lowerBound) > 0
        date = isNow ? nil : (day, isOpen, range)
      case .word(let word, let range) where [.bind, .relation, .help].contains(word):
        guard let date, range.lowerBound >= date.range.upperBound else { continue }
        let distance = range.lowerBound - date.range.upperBound
        let isStated =
          isBehindFront(date.range) || text.has("起", before: date.range.upperBound)
          || text.has("开始", before: date.range.upperBound)
        if isStated, distance <= Self.sinceReach { return date.day }
        if word == .bind, distance <= Self.reach { return date.day }
        // 2018年4月，通州区与奈曼旗结为帮扶对子.
        if word == .bind, distance <= Self.pairReach,
          text.width(ofAny: ["结", "正式结"], at: range.lowerBound) > 0
        {
          return date.day
        }
      default: break
      }
    }
    return nil
  }

  private func isBehindFront(_ date: Range<Int>) -> Bool {
    Self.fronts.contains { document.text.has($0, before: date.lowerBound) }
  }
}
