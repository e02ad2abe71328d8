import DuikouText

/// Tells descriptions from names: 扶贫合作项目 consists of words that anything may be called.
struct GenericWords: Sendable {
  private let lexicon: Lexicon

  init(_ table: DataTable) {
    lexicon = Lexicon(table.rows.map { (surface: $0[0], value: 0) })
  }

  /// Whether a range consists of such words only, numbers and 个 included.
  func cover(_ range: Range<Int>, in text: SourceText) -> Bool {
    specificLength(of: range, in: text) == 0
  }

  /// How many characters of a range belong to no such word.
  func specificLength(of range: Range<Int>, in text: SourceText) -> Int {
    var at = range.lowerBound
    var count = 0
    while at < range.upperBound {
      if let match = lexicon.longestMatch(in: text, at: at, end: range.upperBound) {
        at = match.end
        continue
      }
      let scalar = text.scalar(at: at)
      let isFiller = Self.fillers.contains(scalar.value)
      if CharacterClass(scalar.value) == .han || CharacterClass(scalar.value) == .letter, !isFiller
      {
        count += 1
      }
      at += max(scalar.width, 1)
    }
    return count
  }

  private static let fillers = Set("个家项批一二三四五六七八九十百千万多余几的".unicodeScalars.map(\.value))
}
