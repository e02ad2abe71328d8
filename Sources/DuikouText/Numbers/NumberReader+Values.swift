extension NumberReader {
  /// The number with % or 百分之, or the range of two, without the words around it.
  func core(at offset: Int) -> ChineseNumber? {
    guard offset >= 0, offset < text.count, !isInside(offset) else { return nil }
    guard var first = simple(at: offset) else { return nil }
    if let second = second(of: first) { first = second }
    return first
  }

  private func simple(at offset: Int) -> ChineseNumber? {
    for (word, form) in Self.ratios where text.has(word, at: offset) {
      guard let part = numerals.numeral(at: offset + word.utf8.count) else { return nil }
      return ChineseNumber(part, form: form, start: offset)
    }
    guard let numeral = numerals.numeral(at: offset) else { return nil }
    var number = ChineseNumber(numeral, form: .plain, start: offset)
    if let fraction = fraction(of: numeral, start: offset) { return fraction }
    if let fraction = slashed(numeral, start: offset) { return fraction }
    if let suffix = Self.suffixes.first(where: { text.has($0.word, at: numeral.end) }) {
      number.form = suffix.form
      number.extend(to: numeral.end + suffix.word.utf8.count)
    } else if let tenths = tenths(of: numeral, start: offset) {
      number = tenths
    }
    return number
  }

  static let ratios: [(String, ChineseNumber.Form)] = [
    ("百分之", .percent), ("千分之", .perMille), ("万分之", .fraction(of: 10_000)),
    ("萬分之", .fraction(of: 10_000)),
  ]

  static let suffixes: [(word: String, form: ChineseNumber.Form)] = [
    ("%", .percent), ("％", .percent), ("﹪", .percent), ("‰", .perMille),
    ("个百分点", .percentagePoints), ("個百分點", .percentagePoints), ("百分点", .percentagePoints),
  ]

  /// 三分之一.
  func fraction(of numeral: Numeral, start: Int) -> ChineseNumber? {
    guard text.has("分之", at: numeral.end), let parts = numeral.value.integer(), parts > 1,
      let part = numerals.numeral(at: numeral.end + "分之".utf8.count)
    else { return nil }
    return ChineseNumber(part, form: .fraction(of: parts), start: start)
  }

  /// 全年的1/10, 近1/3.
  private func slashed(_ numeral: Numeral, start: Int) -> ChineseNumber? {
    guard !numeral.isChinese, text.has("/", at: numeral.end),
      isCompared(start)
        || text.width(ofAny: ["的", "占", "达"], at: text.scalarStart(before: start)) > 0,
      let whole = numerals.decimal(at: numeral.end + 1), let parts = whole.value.integer(),
      let part = numeral.value.integer(), 1..<parts ~= part, parts <= Self.mostParts,
      !text.has("/", at: whole.end)
    else { return nil }
    var number = ChineseNumber(numeral, form: .fraction(of: parts), start: start)
    number.extend(to: whole.end)
    return number
  }

  private static let mostParts: Int64 = 20

  /// 六成, 六成五.
  func tenths(of numeral: Numeral, start: Int) -> ChineseNumber? {
    guard text.has("成", at: numeral.end), let tenths = numeral.value.integer(), 1...9 ~= tenths,
      numeral.upper == nil
    else { return nil }
    var end = numeral.end + "成".utf8.count
    var percent = tenths * 10
    let next = text.scalar(at: end)
    if case .digit(let more) = NumeralCharacter(next.value), more > 0 {
      percent += Int64(more)
      end += next.width
    } else if CharacterClass(next.value) == .han,
      text.width(ofAny: ["以", "左", "的", "多", "用", "是", "为", "在"], at: end) == 0,
      !isCompared(start) || text.width(ofAny: Self.notBehindTenths, at: end) > 0
    {
      return nil
    }
    var number = ChineseNumber(numeral, form: .percent, start: start)
    number.value = ScaledInteger(percent)
    number.extend(to: end)
    return number
  }

  /// Whether 近, 超 or the like stands before `offset`: 近六成来自.
  private func isCompared(_ offset: Int) -> Bool {
    switch words.word(in: text, endingAt: offset)?.meaning {
    case .near, .about, .above, .atLeast, .atMost, .below: true
    default: false
    }
  }

  /// What makes another word of 成: 成立.
  private static let notBehindTenths = ["立", "员", "果", "功", "交", "为", "本", "长", "绩", "熟", "品"]

  /// The range that begins with `first`: 3至5, 5%—10%, 3—5万.
  func second(of first: ChineseNumber) -> ChineseNumber? {
    guard first.upper == nil else { return nil }
    guard let start = rangeSignEnd(at: first.numeral.upperBound), let last = simple(at: start),
      last.upper == nil, last.form == first.form || first.form == .plain && last.form == .percent
    else { return nil }
    var range = last
    range.value = first.value
    if first.power == 0, last.power >= 4, let scaled = first.value.scaled(by: last.power),
      scaled.isLess(than: last.value)
    {
      range.value = scaled
    }
    guard range.value.isLess(than: last.value) else { return nil }
    range.upper = last.value
    range.numeral = first.numeral.lowerBound..<last.numeral.upperBound
    range.range = range.numeral
    return range
  }

  /// 1000元至3000元.
  func readSecond(of number: inout ChineseNumber, unit: QuantityUnit) {
    guard number.upper == nil, let start = rangeSignEnd(at: number.range.upperBound),
      let last = simple(at: start), last.form == .plain, last.upper == nil,
      let found = units.unit(in: text, at: last.range.upperBound), found.unit == unit,
      number.value.isLess(than: last.value)
    else { return }
    number.upper = last.value
    number.range = number.range.lowerBound..<found.end
  }

  /// The end of 至, 到, — or ~ at `offset`.
  func rangeSignEnd(at offset: Int) -> Int? {
    let width = text.width(ofAny: Self.rangeSigns, at: offset)
    return width > 0 ? offset + width : nil
  }

  static let rangeSigns = ["——", "—", "–", "-", "－", "~", "～", "至", "到", "−", "―"]
}
