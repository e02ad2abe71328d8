/// Reads numbers and quantities with the words around them.
struct NumberReader {
  let text: SourceText
  let numerals: NumeralReader
  let words = NumberWords.standard
  let units = UnitTable.standard

  init(_ text: SourceText) {
    self.text = text
    numerals = NumeralReader(text)
  }

  /// The number that begins at `offset`, with the words around it.
  func number(at offset: Int) -> ChineseNumber? {
    guard var number = core(at: offset), !isIdentifier(number.numeral) else { return nil }
    readInfix(of: &number, needsUnit: false)
    readWordsBehind(&number)
    return readWordsBefore(&number, unit: nil) ? number : nil
  }

  /// The quantity whose number begins at `offset`.
  func quantity(at offset: Int) -> Quantity? {
    guard var number = core(at: offset) else { return nil }
    readInfix(of: &number, needsUnit: true)
    var unit: QuantityUnit?
    if number.form == .plain {
      let start = text.skippingBlanks(from: behindHalf(&number), atMost: 1)
      if let found = units.unit(in: text, at: start) {
        unit = found.unit
        number.range = offset..<found.end
        readHalf(of: &number, kind: found.unit.kind)
        readSecond(of: &number, unit: found.unit)
      } else if hasMoneySign(before: offset) {
        unit = units.unit(named: "元")
      }
    }
    guard unit != nil || !isIdentifier(number.numeral) else { return nil }
    if unit?.kind == .money { readParts(of: &number) }
    readWordsBehind(&number)
    readSign(of: &number, unit: unit)
    guard readWordsBefore(&number, unit: unit) else { return nil }
    if unit != nil { readFarWords(of: &number) }
    return Quantity(number: number, unit: unit)
  }

  // MARK: The number alone

  /// The number with % or 百分之, or the range of two, without the words around it.
  private func core(at offset: Int) -> ChineseNumber? {
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
    if let suffix = Self.suffixes.first(where: { text.has($0.word, at: numeral.end) }) {
      number.form = suffix.form
      number.extend(to: numeral.end + suffix.word.utf8.count)
    } else if let tenths = tenths(of: numeral, start: offset) {
      number = tenths
    }
    return number
  }

  private static let ratios: [(String, ChineseNumber.Form)] = [
    ("百分之", .percent), ("千分之", .perMille), ("万分之", .fraction(of: 10_000)),
    ("萬分之", .fraction(of: 10_000)),
  ]

  private static let suffixes: [(word: String, form: ChineseNumber.Form)] = [
    ("%", .percent), ("％", .percent), ("﹪", .percent), ("‰", .perMille),
    ("个百分点", .percentagePoints), ("個百分點", .percentagePoints), ("百分点", .percentagePoints),
  ]

  /// 三分之一.
  private func fraction(of numeral: Numeral, start: Int) -> ChineseNumber? {
    guard text.has("分之", at: numeral.end), let parts = numeral.value.integer(), parts > 1,
      let part = numerals.numeral(at: numeral.end + "分之".utf8.count)
    else { return nil }
    return ChineseNumber(part, form: .fraction(of: parts), start: start)
  }

  /// 六成, 六成五.
  private func tenths(of numeral: Numeral, start: Int) -> ChineseNumber? {
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
      text.width(ofAny: ["以", "左", "的", "多", "用", "是", "为", "在"], at: end) == 0
    {
      return nil
    }
    var number = ChineseNumber(numeral, form: .percent, start: start)
    number.value = ScaledInteger(percent)
    number.extend(to: end)
    return number
  }

  /// The range that begins with `first`: 3至5, 5%—10%, 3—5万.
  private func second(of first: ChineseNumber) -> ChineseNumber? {
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
  private func readSecond(of number: inout ChineseNumber, unit: QuantityUnit) {
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

  private static let rangeSigns = ["——", "—", "–", "-", "－", "~", "～", "至", "到", "−", "―"]

  // MARK: What is no number

  /// Whether the characters before `offset` belong to the same number or identifier.
  private func isInside(_ offset: Int) -> Bool {
    let before = text.scalar(before: offset)
    guard before.width > 0 else { return false }
    if numerals.digit(at: offset - before.width) != nil { return true }
    if let next = NumeralCharacter(text.scalar(at: offset).value) {
      if NumeralCharacter(before.value) != nil { return true }
      // 数百, 几十万 give no figure.
      let isVague = ["几", "数", "幾", "數"].contains { text.has($0, before: offset) }
      if case .digit = next { return text.has("第", before: offset) }
      if isVague { return true }
    }
    switch Unicode.Scalar(before.value) {
    case "_", "@", "#", "=", "&", "/", "\\", "第", "№": return true
    case ".", "-", ":", "：", "．":
      let start = offset - before.width
      let further = text.scalar(before: start)
      return numerals.digit(at: start - further.width) != nil
        || before.value < 0x80 && further.value < 0x80 && CharacterClass(further.value) == .letter
    default: return before.value < 0x80 && CharacterClass(before.value) == .letter
    }
  }

  /// Whether letters, further digits or 号 follow, or the brackets of 〔2018〕33号 stand around it.
  private func isIdentifier(_ numeral: Range<Int>) -> Bool {
    let end = numeral.upperBound
    let next = text.scalar(at: end)
    switch Unicode.Scalar(next.value) {
    case "号", "號", "#", "_", "@": return true
    case "〕": return text.has("〔", before: numeral.lowerBound)
    case ".", "-", ":", "/", "：", "．": return numerals.digit(at: end + next.width) != nil
    default: return next.value < 0x80 && CharacterClass(next.value) == .letter
    }
  }

  // MARK: Words around it

  /// 余 or 多 behind the number and before the unit.
  private func readInfix(of number: inout ChineseNumber, needsUnit: Bool) {
    guard number.form == .plain, let end = numerals.infixEnd(at: number.range.upperBound) else {
      return
    }
    let isPlain = text.width(ofAny: ["余", "餘", "多"], at: number.range.upperBound) > 0
    guard isPlain || units.unit(in: text, at: end) != nil else { return }
    number.markVague()
    number.range = number.range.lowerBound..<end
  }

  private func readWordsBehind(_ number: inout ChineseNumber) {
    for _ in 0..<2 {
      guard let word = words.word(in: text, at: number.range.upperBound) else { return }
      number.apply(word.meaning)
      number.range = number.range.lowerBound..<word.end
    }
  }

  /// False where a word such as 第 says that there is no number.
  private func readWordsBefore(_ number: inout ChineseNumber, unit: QuantityUnit?) -> Bool {
    var at = number.range.lowerBound
    for step in 0..<4 {
      guard let word = words.word(in: text, endingAt: at) else { break }
      if word.meaning == .never { return step > 0 }
      // 近三年 are the last three.
      if word.meaning == .near, unit?.kind == .time { break }
      number.apply(word.meaning)
      at = word.start
      let belongs = word.meaning != .skip && word.meaning != .more && word.meaning != .less
      if belongs { number.range = at..<number.range.upperBound }
    }
    return true
  }

  /// 增加兴安盟、通辽市9个, 每户补助5000元: the word stands apart from the number, in the same clause.
  private func readFarWords(of number: inout ChineseNumber) {
    var at = number.range.lowerBound
    for _ in 0..<16 {
      if text.width(ofAny: ["到", "至", "为", "了"], at: at) == 0,
        let word = words.farWord(in: text, endingAt: at)
      {
        number.apply(word)
      }
      let scalar = text.scalar(before: at)
      let kind = CharacterClass(scalar.value)
      guard kind == .han || kind == .listMark else { return }
      at -= scalar.width
    }
  }

  /// 两个半小时: the end of 个半, whose half is added.
  private func behindHalf(_ number: inout ChineseNumber) -> Int {
    let end = number.range.upperBound
    let width = text.width(ofAny: ["个半", "個半"], at: end)
    guard width > 0, let unit = units.unit(in: text, at: end + width), unit.unit.kind == .time,
      addHalf(to: &number)
    else { return end }
    return end + width
  }

  /// 三年半.
  private func readHalf(of number: inout ChineseNumber, kind: QuantityUnit.Kind) {
    let end = number.range.upperBound
    guard kind == .time, text.has("半", at: end),
      text.width(ofAny: ["年", "月", "天", "小"], at: end + 3) == 0, addHalf(to: &number)
    else { return }
    number.range = number.range.lowerBound..<(end + 3)
  }

  private func addHalf(to number: inout ChineseNumber) -> Bool {
    guard number.upper == nil, let half = ScaledInteger(5, exponent: -1),
      let sum = number.value.adding(half)
    else { return false }
    number.value = sum
    return true
  }

  private func hasMoneySign(before offset: Int) -> Bool {
    ["¥", "￥", "人民币", "人民幣"].contains { text.has($0, before: offset) }
  }

  /// The sign of temperatures and percents: 零下5℃, -3%.
  private func readSign(of number: inout ChineseNumber, unit: QuantityUnit?) {
    guard unit?.kind == .temperature || number.form == .percent, number.upper == nil,
      let sign = ["零下", "-", "−", "－"].first(where: {
        text.has($0, before: number.range.lowerBound)
      }), let value = number.value.negated
    else { return }
    let start = number.range.lowerBound - sign.utf8.count
    guard numerals.digit(at: text.scalarStart(before: start)) == nil,
      !text.has("%", before: start)
    else { return }
    number.value = value
    number.range = start..<number.range.upperBound
    number.numeral = start..<number.numeral.upperBound
  }

  /// 5角, 5分 behind 元.
  private func readParts(of number: inout ChineseNumber) {
    guard number.upper == nil, number.flags.isEmpty else { return }
    for (word, scale) in [("角", -1), ("分", -2)] {
      let start = number.range.upperBound
      guard let part = numerals.numeral(at: start), text.has(word, at: part.end),
        let units = part.value.integer(), 0...99 ~= units, let value = part.value.scaled(by: scale),
        let sum = number.value.adding(value)
      else { continue }
      number.value = sum
      number.range = number.range.lowerBound..<(part.end + word.utf8.count)
    }
  }
}
