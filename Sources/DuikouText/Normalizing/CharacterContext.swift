/// A Traditional character whose simplified form depends on the word in which it stands.
struct CharacterContext: Sendable {
  /// When a form is the right one.
  struct Rule: Sendable {
    let form: UInt32
    /// Whether it holds in Simplified documents, too.
    let isUniversal: Bool
    /// Whether the words are the only ones in which it holds, not those in which it does not.
    let isInWordsOnly: Bool
    /// Words, each with where the character stands in it, in bytes.
    let words: [(word: String, offset: Int)]
  }

  let character: UInt32
  private(set) var rules: [Rule]

  /// Whether its form is the same in both scripts.
  var isUniversal: Bool { rules.allSatisfy(\.isUniversal) }

  /// Reads `context.tsv`; of several rows for one character the first that applies counts.
  static func read(_ table: DataTable) -> [CharacterContext] {
    var contexts: [CharacterContext] = []
    for row in table.rows {
      guard let character = row[0].unicodeScalars.first?.value,
        let form = row[1].unicodeScalars.first?.value
      else { continue }
      let rule = Rule(
        form: form, isUniversal: row[2] == "always", isInWordsOnly: row[2] == "only",
        words: row.list(3).flatMap { word in offsets(of: character, in: word) })
      if let index = contexts.firstIndex(where: { $0.character == character }) {
        contexts[index].rules.append(rule)
      } else {
        contexts.append(CharacterContext(character: character, rules: [rule]))
      }
    }
    return contexts
  }

  private static func offsets(
    of character: UInt32, in word: String
  ) -> [(word: String, offset: Int)] {
    var offset = 0
    var found: [(word: String, offset: Int)] = []
    for scalar in word.unicodeScalars {
      if scalar.value == character { found.append((word, offset)) }
      offset += scalar.utf8.count
    }
    return found
  }

  /// The form of the character at `offset`, or nil where it stays.
  func form(in text: SourceText, at offset: Int, script: Script) -> UInt32? {
    for rule in rules where rule.isUniversal || script == .traditional {
      let isInWord = rule.words.contains { text.has($0.word, at: offset - $0.offset) }
      if isInWord == rule.isInWordsOnly { return rule.form == character ? nil : rule.form }
    }
    return nil
  }
}
