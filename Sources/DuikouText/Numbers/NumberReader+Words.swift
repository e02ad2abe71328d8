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
    let width = text.width(ofAny: ["个半", "個半"], at: end)
    guard width > 0, let unit = units.unit(in: text, at: end + width), unit.unit.kind == .time,
      addHalf(to: &number)
    else { return end }
    return end + width
  }

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
