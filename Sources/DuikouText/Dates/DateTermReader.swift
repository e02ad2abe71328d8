/// Reads dates as they are written, each at one place of the text.
struct DateTermReader {
  let text: SourceText
  let numerals: NumeralReader
  let words = DateWords.standard

  init(_ text: SourceText) {
    self.text = text
    numerals = NumeralReader(text)
  }

  /// The date that begins at `offset`; it may be one that does not exist, such as 2月30日.
  func term(at offset: Int) -> DateTerm? {
    guard offset >= 0, offset < text.count else { return nil }
    let isNumeral = isNumeral(at: offset)
    if isNumeral, isInsideNumeral(offset) { return nil }
    if let era = era(at: offset) { return era }
    if isNumeral { return numeric(at: offset) }
    if let word = words.word(in: text, at: offset) {
      // 月初 of 五月初五.
      let isRest = text.has("月", at: offset) && endsNumeral(at: offset)
      return isRest ? nil : term(word, at: offset)
    }
    return quarters(at: offset).map { part, end in
      var term = DateTerm(end: end)
      term.part = part
      return term
    } ?? decade(at: offset)
  }

  /// The end of the date or the range of dates that begins with a numeral at `offset`, so that its
  /// numbers are not taken for figures. Spans such as 三年 are figures.
  func end(ofDateAt offset: Int) -> Int? {
    guard var term = term(at: offset), term.whole == nil || isFixed(term) else { return nil }
    for _ in 0..<2 {
      guard let sign = rangeSignEnd(at: term.end), isNumeral(at: sign), let next = numeric(at: sign)
      else { break }
      term = next
    }
    return term.end
  }

  /// The same for a numeral that may stand behind the first character of a date: 前五个月, 上一年.
  func end(ofDateAround offset: Int) -> Int? {
    if let end = end(ofDateAt: offset) { return end }
    let width = ["前", "上", "下"].contains { text.has($0, before: offset) } ? 3 : 0
    return width > 0 ? end(ofDateAt: offset - width).flatMap { $0 > offset ? $0 : nil } : nil
  }

  private func isFixed(_ term: DateTerm) -> Bool {
    if case .fixed = term.whole { return true }
    return false
  }

  /// The end of 至, 到, — or ~ at `offset`.
  func rangeSignEnd(at offset: Int) -> Int? {
    let width = text.width(ofAny: Self.rangeSigns, at: offset)
    return width > 0 ? offset + width : nil
  }

  func listMarkEnd(at offset: Int) -> Int? {
    text.has("、", at: offset) ? offset + 3 : nil
  }

  static let rangeSigns = ["——", "—", "–", "-", "－", "~", "～", "至", "到", "−", "―"]
}
