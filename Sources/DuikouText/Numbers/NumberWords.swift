/// The words around numbers, from `number-words.tsv`.
struct NumberWords: Sendable {
  /// What a word says of the number beside it.
  enum Meaning: String, CaseIterable, Sendable {
    case skip, about, near, above, atLeast, atMost, below, each, more, less, never
  }

  static let standard = NumberWords(
    DataTable(PackageResources.number_words_tsv), not: DataTable(PackageResources.not_numbers_tsv))

  /// Words that are no numbers, by how they begin.
  let notNumbers: Lexicon
  /// Longer words that end with one of a meaning and do not have it: 附近, 签约.
  private let not: [Meaning: [String]]
  let infixes: [String]
  /// Words before 百, 千, 万 or 亿 without a digit.
  let bare: [String]
  private let before: Lexicon
  private let behind: Lexicon
  private let nouns, qualifiers, notBehindNoun: Lexicon
  /// What stands before an amount of money.
  private let money: [String]
  /// By the value of a noun.
  private let nounUnits: [String]
  private let far: [(word: String, meaning: Meaning)]
  /// By byte, whether one of those ends with it: few characters of a text do.
  private let farEnds: [Bool]

  init(_ table: DataTable, not: DataTable) {
    func words(_ kind: String) -> [String] {
      table.rows.filter { $0[0] == kind }.flatMap { $0.list(1) }
    }
    func lexicon(_ place: String) -> Lexicon {
      Lexicon(
        Meaning.allCases.enumerated().flatMap { index, meaning in
          words("\(place).\(meaning)").map { ($0, UInt32(index)) }
        })
    }
    before = lexicon("before")
    behind = lexicon("behind")
    let far = [Meaning.more, .less, .each].flatMap { meaning in
      words("far.\(meaning)").map { (word: $0, meaning: meaning) }
    }
    self.far = far
    farEnds = (UInt8.min...UInt8.max).map { byte in far.contains { $0.word.utf8.last == byte } }
    qualifiers = Lexicon(words("noun.qualifier").map { ($0, 0) })
    notBehindNoun = Lexicon(words("noun.not").map { ($0, 0) })
    money = words("noun.money")
    let named = table.rows.filter { ["noun.人", "noun.户"].contains($0[0]) }
    nounUnits = named.map { String($0[0].dropFirst("noun.".count)) }
    nouns = Lexicon(
      named.enumerated().flatMap { index, row in row.list(1).map { ($0, UInt32(index)) } })
    self.not = Dictionary(
      uniqueKeysWithValues: Meaning.allCases.map { ($0, words("not.\($0)")) })
    infixes = words("infix")
    bare = words("bare")
    notNumbers = Lexicon(not.rows.map { ($0[0], 0) })
  }

  /// The longest word that ends at `offset`, of four characters at most.
  func word(
    in text: SourceText, endingAt offset: Int
  ) -> (meaning: Meaning, start: Int)? {
    var at = offset
    var found: (meaning: Meaning, start: Int)?
    for _ in 0..<4 where at > 0 {
      at = text.scalarStart(before: at)
      if let value = before.value(of: at..<offset, in: text) {
        found = (Meaning.allCases[Int(value)], at)
      }
    }
    if let word = found, let not = self.not[word.meaning],
      not.contains(where: { text.has($0, before: offset) })
    {
      return nil
    }
    return found
  }

  /// The longest word that begins at `offset`.
  func word(in text: SourceText, at offset: Int) -> (meaning: Meaning, end: Int)? {
    behind.longestMatch(in: text, at: offset).map { (Meaning.allCases[Int($0.value)], $0.end) }
  }

  /// The name of the unit that a noun means which follows a number; a few words such as 脱贫 may stand between. Nil for
  /// an amount of money.
  func unitName(ofNounIn text: SourceText, behind number: Range<Int>) -> String? {
    guard !money.contains(where: { text.has($0, before: number.lowerBound) }) else { return nil }
    var at = number.upperBound
    for _ in 0...2 {
      if let noun = nouns.longestMatch(in: text, at: at) {
        let isWord = notBehindNoun.longestMatch(in: text, at: noun.end) == nil
        return isWord ? nounUnits[Int(noun.value)] : nil
      }
      guard let qualifier = qualifiers.longestMatch(in: text, at: at) else { return nil }
      at = qualifier.end
    }
    return nil
  }

  /// The word that ends at `offset` and may stand apart from the number.
  func farWord(in text: SourceText, endingAt offset: Int) -> Meaning? {
    guard offset > 0, farEnds[Int(text.bytes[offset - 1])] else { return nil }
    return far.first { text.has($0.word, before: offset) }?.meaning
  }
}
