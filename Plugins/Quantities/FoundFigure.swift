import DuikouText

/// A figure with what it counts, and what its sentence names in front of it.
struct FoundFigure {
  let quantity: Quantity
  var indicator: String
  let front: FigureContext.Front
  /// Where its sentence begins.
  let sentence: Int
  /// Whether it is one of several that a word before the first of them makes changes: 分别增长18.9%和26.7%.
  var isDelta: Bool

  init(
    _ quantity: Quantity, in text: SourceText, part: Range<Int>, behind previous: FoundFigure?,
    _ context: FigureContext
  ) {
    self.quantity = quantity
    let range = quantity.range
    let before = previous?.quantity.range.upperBound ?? part.lowerBound
    front = context.front(of: range.lowerBound, behind: before)
    sentence = front.sentence
    isDelta = quantity.flags.contains(.delta)
    let start = max(part.lowerBound, front.end, min(before, range.lowerBound))
    let end = context.firstOwner(in: range.upperBound..<part.upperBound)
    indicator = Indicator.text(of: quantity, in: text, part: start..<end)
    if indicator.isEmpty, let rise = Self.rise(before: range.lowerBound, in: text) {
      indicator = Indicator.phrase(before: rise, in: text, part: min(sentence, rise)..<rise)
    }
    if let previous, previous.sentence == sentence { goOn(from: previous, in: text) }
  }

  /// Takes over what the figure before counts where this one says no more than that it is one more: 20143人 of 8726户20143人,
  /// 49家 of 由11家发展到49家, and the change behind a number, 旅游收入98.7亿元，增长5.1%.
  private mutating func goOn(from previous: FoundFigure, in text: SourceText) {
    let range = quantity.range
    let between = min(previous.quantity.range.upperBound, range.lowerBound)..<range.lowerBound
    let width = between.isEmpty ? 0 : text.width(ofAny: ["和", "、", "与"], at: between.lowerBound)
    let isNext = width == between.count
    let units = [previous.quantity.unitName, quantity.unitName]
    let isAlike = units[0] == units[1] || units.allSatisfy { $0.map(Self.ratios.contains) ?? false }
    if isNext, previous.isDelta, isAlike { isDelta = true }
    guard indicator.isEmpty, !previous.indicator.isEmpty else { return }
    let isRise = !isNext && isRise(over: between, in: text)
    if isNext || isDelta || isRise { indicator = previous.indicator }
  }

  /// Whether a number became this one: 发展到, 提高到2023年的.
  private func isRise(over between: Range<Int>, in text: SourceText) -> Bool {
    between.count <= Self.longestRise
      && ["至", "到"].contains { text.firstOffset(of: $0, in: between) != nil }
      && text.clauseStart(of: between.upperBound, within: between.count) <= between.lowerBound
      && text.firstOffset(of: "、", in: between) == nil
  }

  /// Where 由 stands of 接待点由2017年的 before a figure.
  private static func rise(before offset: Int, in text: SourceText) -> Int? {
    guard text.has("的", before: offset) else { return nil }
    var at = offset - "的".utf8.count
    while offset - at <= longestDate {
      let scalar = text.scalar(before: at)
      guard CharacterClass(scalar.value) == .digit || partsOfDates.contains(scalar.value) else {
        break
      }
      at -= scalar.width
    }
    return ["由", "从"].contains { text.has($0, before: at) } ? at - "由".utf8.count : nil
  }

  private static let partsOfDates = Set("年月日底末初前".unicodeScalars.map(\.value))
  /// Bytes.
  private static let longestDate = 24
  private static let ratios: Set<String> = ["%", "倍", "个百分点"]
  /// Bytes of 发展到, 提高到2023年的 and the like between two figures.
  private static let longestRise = 36

  /// Divisions are counted: 8省 are 8个 of them. 4万多块 is money, and 辆次 counts journeys.
  func unitName(in text: SourceText) -> String? {
    guard let unit = quantity.unit else { return quantity.unitName }
    let end = quantity.range.upperBound
    if unit.kind == .division { return "个" }
    if unit.name == "块", isMoney(at: end, in: text) { return "元" }
    return Indicator.isJourney(unit, at: end, in: text) ? "辆次" : quantity.unitName
  }

  private func isMoney(at end: Int, in text: SourceText) -> Bool {
    text.has("钱", at: end)
      || ["收入", "挣", "赚", "花", "卖", "工资", "增收"].contains { indicator.hasSuffix($0) }
  }
}
