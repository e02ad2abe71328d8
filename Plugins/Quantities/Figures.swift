import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds the figures of a document: a `duikou.figure` for each number with what it counts or measures.
struct Figures: Extractor {
  static let summary =
    "Finds figures with their units, what they count, whose they are and of when."
  // It appends no mentions: it takes those of places and agencies that are there by then, so that plugins which
  // append more may wait for figures.
  static let uses: [Use] = [
    .readsIfPresent(dk_segment.self), .readsIfPresent(dk_place.self),
    .readsIfPresent(dk_agency.self), .readsIfPresent(dk_date.self),
    .readsAndWrites(dk_mention.self), .writes(dk_figure.self),
  ]

  /// Of figures with a unit, and of those without.
  private static let confidence = (withUnit: 0.95, without: 0.8)

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let text = document.text
      let context = FigureContext(document)
      let found = document.parts.flatMap { part in
        Quantity.all(in: text, range: part).filter { !$0.isNoCount(in: text) }.map {
          FoundFigure($0, in: text, part: part, context)
        }
      }
      // 242亿订单 in a headline is the 242亿元 of the text.
      let measured = Set(found.lazy.filter { $0.quantity.unitName != nil }.map(\.quantity.value))
      for figure in found
      where figure.quantity.unitName != nil || !measured.contains(figure.quantity.value) {
        try append(figure, to: document)
      }
    }
  }

  private func append(_ found: FoundFigure, to document: NormalDocument) throws {
    let quantity = found.quantity
    var row = dk_figure(quantity)
    if let unit = found.unitName { row.unit = try document.call.intern(unit) }
    if !found.indicator.isEmpty { row.indicator = try document.call.intern(found.indicator) }
    // 各8个 are of several.
    if let owner = found.front.owner, !quantity.flags.contains(.distributive) {
      row.scope = owner.entity
    }
    if let date = found.front.date { row.as_of = date.reference }
    try document.append(
      row, at: quantity.range,
      confidence: quantity.unitName == nil ? Self.confidence.without : Self.confidence.withUnit,
      flags: Int(quantity.flags.rawValue))
  }
}

extension Quantity {
  /// Words before 一年 that make a duration of it.
  private static let spans = ["为期", "期限", "历时", "时间", "近", "过去", "未来", "今后", "满"]

  /// Whether it is 两省区 or 三市, all that were named, or 一年 of 一年收入, and no count.
  fileprivate func isNoCount(in text: SourceText) -> Bool {
    let start = range.lowerBound
    if number.isChinese, isSession(in: text) { return true }
    guard number.isChinese, upper == nil, number.numeral.count == 3 else {
      return text.has("两省", at: start)
    }
    if unit?.kind == .division { return true }
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
}
