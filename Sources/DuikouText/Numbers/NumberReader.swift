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
        unit = readMonths(of: &number, behind: found.unit) ?? unit
      } else if hasMoneySign(before: offset) {
        unit = units.unit(named: "元")
      }
    }
    guard unit != nil || !isIdentifier(number.numeral) else { return nil }
    if unit?.kind == .money { readParts(of: &number) }
    readWordsBehind(&number)
    readSign(of: &number, unit: unit)
    guard readWordsBefore(&number, unit: unit) else { return nil }
    if unit == nil { unit = sharedUnit(of: number) ?? impliedUnit(of: number) }
    if unit != nil { readFarWords(of: &number) }
    return Quantity(number: number, unit: unit)
  }

  /// 人 of 31.2万脱贫人口.
  private func impliedUnit(of number: ChineseNumber) -> QuantityUnit? {
    let isQualified = number.comparator != .equal || !number.flags.isEmpty
    guard number.form == .plain, number.power >= 4 || isQualified && !number.isChinese else {
      return nil
    }
    return words.unitName(ofNounIn: text, behind: number.range)
      .flatMap { units.unit(named: $0) }
  }

  /// Whether the characters before `offset` belong to the same number or identifier.
  func isInside(_ offset: Int) -> Bool {
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
  func isIdentifier(_ numeral: Range<Int>) -> Bool {
    let end = numeral.upperBound
    let next = text.scalar(at: end)
    switch Unicode.Scalar(next.value) {
    case "号", "號", "#", "_", "@": return true
    case "〕": return text.has("〔", before: numeral.lowerBound)
    case ".", "-", ":", "/", "：", "．": return numerals.digit(at: end + next.width) != nil
    default: return next.value < 0x80 && CharacterClass(next.value) == .letter
    }
  }
}
