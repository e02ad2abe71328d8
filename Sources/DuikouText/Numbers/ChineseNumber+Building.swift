extension ChineseNumber {
  init(_ numeral: Numeral, form: Form, start: Int) {
    value = numeral.value
    upper = numeral.upper
    self.form = form
    comparator = .equal
    flags = []
    self.numeral = start..<numeral.end
    range = start..<numeral.end
    isChinese = numeral.isChinese
    power = numeral.power
    if numeral.upper != nil {
      flags.insert(.approximate)
    } else if numeral.isVague {
      markVague()
    }
  }

  mutating func extend(to end: Int) {
    numeral = numeral.lowerBound..<end
    range = range.lowerBound..<end
  }

  /// 余, 多: somewhat above.
  mutating func markVague() {
    comparator = .above
    flags.insert(.approximate)
  }

  /// Takes what a word beside the number says of it. Of two comparators the nearer one counts.
  mutating func apply(_ meaning: NumberWords.Meaning) {
    switch meaning {
    case .skip, .never: break
    case .about: flags.insert(.approximate)
    case .near:
      compare(.below)
      flags.insert(.approximate)
    case .above: compare(.above)
    case .atLeast: compare(.atLeast)
    case .atMost: compare(.atMost)
    case .below: compare(.below)
    case .each: flags.insert(.distributive)
    case .more: mark(.increase)
    case .less: mark(.decrease)
    }
  }

  private mutating func compare(_ comparator: Comparator) {
    if self.comparator == .equal { self.comparator = comparator }
  }

  private mutating func mark(_ change: Change) {
    guard self.change == nil else { return }
    self.change = change
    flags.insert(.delta)
  }
}
