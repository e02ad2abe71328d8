import DuikouText

extension Quantity {
  /// Words before 一年 that make a duration of it.
  private static let spans = ["为期", "期限", "历时", "时间", "近", "过去", "未来", "今后", "满"]

  /// 八省区 are counted; 三市 are those that were named.
  private static let leastDivisions = 5
  /// Words before 三省 that make a count of it.
  private static let wholes = ["全国", "涉及", "覆盖", "辐射", "等", "共", "跨", "辖"]

  /// Whether it is 两省区 or 三市, all that were named, or 一年 of 一年收入, and no count.
  func isNoCount(in text: SourceText) -> Bool {
    let start = range.lowerBound
    if number.isChinese, isSession(in: text) || isInName(text) { return true }
    if isInTitle(text) || isAgo(in: text) { return true }
    guard number.isChinese, upper == nil, number.numeral.count == 3 else {
      return text.has("两省", at: start)
    }
    if unit?.kind == .division {
      return value.exponent == 0 && value.mantissa < Self.leastDivisions
        && !Self.wholes.contains { text.has($0, before: start) }
    }
    return unit?.kind == .time && value == ScaledInteger(1) && comparator == .equal
      && flags.isEmpty && !Self.spans.contains { text.has($0, before: start) }
  }

  /// Whether it is 十三届人大五次会议: which one, not how many.
  private func isSession(in text: SourceText) -> Bool {
    let bodies: [String]
    switch unitName {
    case "届": bodies = ["人大", "人民代表大会", "政协", "全国人", "党委", "委员会", "理事会", "中央"]
    case "次": bodies = ["会议", "全会", "全体会议", "全委会", "代表大会", "常委会"]
    default: return false
    }
    return text.width(ofAny: bodies, at: range.upperBound) > 0
  }

  /// Whether it is 5年前, which says when.
  private func isAgo(in text: SourceText) -> Bool {
    guard unit?.kind == .time else { return false }
    let end = range.upperBound
    guard text.width(ofAny: ["前", "以前", "之前"], at: end) > 0 else { return false }
    return text.width(ofAny: ["前往", "前来", "前赴", "前夕", "前后"], at: end) == 0
      && !text.has("提", before: end) && !text.has("提前", before: range.lowerBound)
  }

  /// Whether it belongs to a short name in quotation marks: “六个倍增计划”.
  private func isInName(_ text: SourceText) -> Bool {
    let before = max(0, range.lowerBound - Self.longestName)..<range.lowerBound
    guard let open = text.firstOffset(of: "“", in: before),
      text.firstOffset(of: "”", in: open..<range.lowerBound) == nil
    else { return false }
    let end = min(text.count, open + Self.longestName)
    guard let close = text.firstOffset(of: "”", in: range.upperBound..<max(end, range.upperBound))
    else { return false }
    return text.clauses(in: open..<close).count == 1
  }

  /// In bytes.
  private static let longestName = 39

  /// Whether it belongs to the name of something: 《三年行动框架协议》.
  private func isInTitle(_ text: SourceText) -> Bool {
    var at = range.lowerBound
    let limit = max(0, at - Self.longestTitle)
    while at > limit {
      at -= 1
      if text.bytes[at] == 0x0a || text.has("》", at: at) { return false }
      if text.has("《", at: at) { return true }
    }
    return false
  }

  /// In bytes.
  private static let longestTitle = 120
}
