import DuikouText

/// What a figure counts, in the text's own words: behind a classifier (16个国贫旗县), else before the
/// figure (财政资金2800万元).
enum Indicator {
  /// Characters of the longest one.
  private static let longest = 12

  /// Where a phrase ends at the latest, unless the character belongs to a word of `compounds.tsv`.
  private static let ends = scalars("的等和与及或以在为达至到从向由对将被把已共约仅均各其中并且而是有了着过")
  /// What stands between a phrase and its figure without belonging to it.
  private static let fillers = scalars("达到为共约近的是有了至超过逾仅即需")
  /// What is said of a figure, and does not say what it counts.
  private static let asides = [
    "累计", "总计", "合计", "共计", "增长", "增加", "减少", "增", "减", "去年", "今年", "同比", "环比", "分别", "比上年", "较上年",
    "比上届",
    "较上届", "比去年", "较去年", "发展", "扩大", "提高", "上升", "提升", "升",
    "降", "力争",
    "突破", "完成",
    "由", "从",
  ]
  /// With what no name begins behind a classifier: 11家发展到49家.
  private static let changes = ["增", "全部", "全都", "发展", "扩大", "提高", "上升", "减至", "减少", "降至"]
  /// What may be left of a time before a name: 20多年来累计投入, 比2018年提高.
  private static let rests = ["来", "内", "间", "年", "级"]
  private static let words = CompoundWords.standard

  private static func scalars(_ text: String) -> Set<UInt32> {
    Set(text.unicodeScalars.map(\.value))
  }

  static func text(of quantity: Quantity, in text: SourceText, part: Range<Int>) -> String {
    if let unit = quantity.unit, [.count, .people, .household, .division].contains(unit.kind) {
      let end = quantity.range.upperBound
      // 8省区 counts 省区.
      let start =
        unit.kind == .division
        ? end - unit.name.utf8.count
        : end + (isJourney(unit, at: end, in: text) ? "次".utf8.count : 0)
      let behind = phrase(behind: start, in: text, part: part)
      if !behind.isEmpty { return behind }
    }
    return phrase(before: quantity.range.lowerBound, in: text, part: part)
  }

  /// Whether 辆次 are counted.
  static func isJourney(_ unit: QuantityUnit, at end: Int, in text: SourceText) -> Bool {
    unit.name == "辆" && text.has("次", at: end)
  }

  private static func phrase(behind start: Int, in text: SourceText, part: Range<Int>) -> String {
    guard text.width(ofAny: changes, at: start) == 0 else { return "" }
    var at = start
    for _ in 0..<longest {
      let scalar = text.scalar(at: at)
      guard at + scalar.width <= part.upperBound, isHan(scalar.value),
        !isEnd(scalar.value, at: at, in: text),
        at == start || !words.isVerb(scalar.value, at: at, in: text)
      else { break }
      at += scalar.width
    }
    return text.string(start..<at)
  }

  static func phrase(before end: Int, in text: SourceText, part: Range<Int>) -> String {
    let end = behindAsides(end, in: text, from: part.lowerBound)
    var start = end
    for _ in 0..<longest {
      let scalar = text.scalar(before: start)
      let next = start - scalar.width
      guard next >= part.lowerBound,
        isHan(scalar.value) && !isEnd(scalar.value, at: next, in: text)
          || isGrade(scalar.value, before: start, in: text)
      else { break }
      start = next
    }
    let isBehindTime =
      start == part.lowerBound || CharacterClass(text.scalar(before: start).value) == .digit
    if isBehindTime { start += text.width(ofAny: rests, at: start) }
    if text.has("分别", at: start) { start += "分别".utf8.count }
    return start < end ? text.string(start..<end) : ""
  }

  /// The end of a phrase without 同比, 达到 and the like behind it.
  private static func behindAsides(_ end: Int, in text: SourceText, from limit: Int) -> Int {
    var end = end
    while end > limit {
      let scalar = text.scalar(before: end)
      guard isHan(scalar.value) else { break }
      if let aside = asides.first(where: { text.has($0, before: end) }) {
        end -= aside.utf8.count
      } else if fillers.contains(scalar.value), !words.holds(end - scalar.width, in: text) {
        end -= scalar.width
      } else {
        break
      }
    }
    return max(end, limit)
  }

  private static func isEnd(_ scalar: UInt32, at offset: Int, in text: SourceText) -> Bool {
    ends.contains(scalar) && !words.holds(offset, in: text)
  }

  /// Whether a character belongs to 4A级景区, of which the ends are found from behind.
  private static func isGrade(_ scalar: UInt32, before end: Int, in text: SourceText) -> Bool {
    switch scalar {
    case 0x41: text.has("级", at: end)
    case 0x31...0x35: text.has("A级", at: end)
    default: false
    }
  }

  private static func isHan(_ scalar: UInt32) -> Bool {
    (0x4e00...0x9fff).contains(scalar) || (0x3400...0x4dbf).contains(scalar)
  }
}
