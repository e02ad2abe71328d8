extension NumberReader {
  /// 余 or 多 behind the number and before the unit.
  func readInfix(of number: inout ChineseNumber, needsUnit: Bool) {
    guard number.form == .plain, let end = numerals.infixEnd(at: number.range.upperBound) else {
      return
    }
    let isPlain = text.width(ofAny: ["余", "餘", "多"], at: number.range.upperBound) > 0
    guard isPlain || units.unit(in: text, at: end) != nil else { return }
    number.markVague()
    number.range = number.range.lowerBound..<end
  }

  func readWordsBehind(_ number: inout ChineseNumber) {
    for _ in 0..<2 {
      guard let word = words.word(in: text, at: number.range.upperBound) else { return }
      number.apply(word.meaning)
      number.range = number.range.lowerBound..<word.end
    }
  }

  /// False where a word such as 第 says that there is no number.
  func readWordsBefore(_ number: inout ChineseNumber, unit: QuantityUnit?) -> Bool {
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
  func readFarWords(of number: inout ChineseNumber) {
    var at = number.range.lowerBound
    for _ in 0..<16 {
      if let word = words.farWord(in: text, endingAt: at),
        text.width(ofAny: ["到", "至", "为", "了"], at: at) == 0
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
  func behindHalf(_ number: inout ChineseNumber) -> Int {
    let end = number.range.upperBound
    let width = text.width(ofAny: ["个半", "個半", "个多", "個多"], at: end)
    guard width > 0, let unit = units.unit(in: text, at: end + width), unit.unit.kind == .time
    else { return end }
    if text.width(ofAny: ["多"], at: end + width - "多".utf8.count) > 0 {
      number.markVague()
      return end + width
    }
    return addHalf(to: &number) ? end + width : end
  }

  /// 一年零三个月: the months are added, and all of it is in months.
  func readMonths(of number: inout ChineseNumber, behind unit: QuantityUnit) -> QuantityUnit? {
    guard unit.name == "年", number.upper == nil, let years = number.value.integer(),
      1...99 ~= years
    else { return nil }
    let end = number.range.upperBound
    let start = end + text.width(ofAny: ["零", "又"], at: end)
    guard let months = numerals.numeral(at: start), let count = months.value.integer(),
      1...11 ~= count, let found = units.unit(in: text, at: months.end), found.unit.name == "个月"
    else { return nil }
    number.value = ScaledInteger(years * 12 + count)
    number.range = number.range.lowerBound..<found.end
    return found.unit
  }

  /// 98万、86.4万和57万人次: the unit of a list that only its last number has.
  func sharedUnit(of number: ChineseNumber) -> QuantityUnit? {
    guard number.form == .plain, number.power >= 4 else { return nil }
    var at = number.range.upperBound
    for _ in 0..<Self.longestList {
      let sign = text.width(ofAny: ["、", "和", "及", "与"], at: at)
      guard sign > 0, let next = numerals.numeral(at: at + sign), next.power >= 4 else {
        return nil
      }
      if let found = units.unit(in: text, at: next.end) { return found.unit }
      at = next.end
    }
    return nil
  }

  private static let longestList = 6

  /// 三年半.
  func readHalf(of number: inout ChineseNumber, kind: QuantityUnit.Kind) {
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

  func hasMoneySign(before offset: Int) -> Bool {
    ["¥", "￥", "人民币", "人民幣"].contains { text.has($0, before: offset) }
  }

  /// The sign of temperatures and percents: 零下5℃, -3%.
  func readSign(of number: inout ChineseNumber, unit: QuantityUnit?) {
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
  func readParts(of number: inout ChineseNumber) {
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
