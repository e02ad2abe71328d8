import DuikouText

/// A header, in normal form: 投资额(万元) is the word 投资额 with the unit 万元.
struct ColumnHeader: Equatable, Sendable {
  /// Without blanks and what stands in brackets.
  let word: String
  /// Empty where it has none.
  let unit: String

  /// Whether it has so many characters that it names no column.
  let isText: Bool

  /// Headers of more characters or bytes are text.
  private static let longest = 60
  private static let longestBytes = 240

  init(_ text: String) {
    let plain = text.filter { !$0.isWhitespace }
    isText = plain.utf8.count > Self.longestBytes || plain.count > Self.longest
    guard !isText else {
      (word, unit) = (plain, "")
      return
    }
    var word = ""
    var unit = ""
    for part in plain.split(separator: "(", omittingEmptySubsequences: false) {
      guard let close = part.firstIndex(of: ")") else {
        word += part
        continue
      }
      let inner = Self.withoutLabel(part[..<close])
      if inner.isUnit { unit = inner }
      word += part[part.index(after: close)...]
    }
    if let slash = word.lastIndex(where: { "/:".contains($0) }) {
      let tail = Self.withoutLabel(word[word.index(after: slash)...])
      if tail.isEmpty || tail.isUnit {
        if tail.isUnit { unit = tail }
        word = String(word[..<slash])
      }
    }
    if word.hasPrefix("其中"), word.count > 2 {
      word = String(word.dropFirst(2).drop { $0 == ":" })
    }
    if word.hasSuffix("单位"), !unit.isEmpty, word.count > 2 { word.removeLast(2) }
    (self.word, self.unit) = (word, unit)
  }

  /// 单位:万元 is 万元.
  private static func withoutLabel(_ text: Substring) -> String {
    guard text.hasPrefix("单位") else { return String(text) }
    return String(text.dropFirst(2).drop { $0 == ":" })
  }
}

extension String {
  /// Whether figures may have it for a unit: 万元, %, 万; 2019年 is none.
  var isUnit: Bool {
    guard let first = utf8.first, !(0x30...0x39 ~= first), utf8.count <= 24,
      let quantity = Quantity(whole: "1" + self)
    else {
      return false
    }
    return quantity.unit != nil || quantity.number.form != .plain
      || quantity.value != ScaledInteger(1)
  }

  /// The string as rules see texts: with simplified characters, and ASCII for what is full-width.
  var inNormalForm: String {
    var copy = self
    return copy.withUTF8 { bytes in
      NormalizedText(SourceText(bytes), script: nil).withText { $0.string($0.range) }
    }
  }
}
