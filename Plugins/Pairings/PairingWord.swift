import DuikouText

/// What a word of `words.tsv` does in a sentence about pairings.
enum PairingWord: String, CaseIterable, Sendable {
  case help, add, extend, all, bind, relation, bond, visit
}

/// The words, found in a text.
struct PairingWords: Sendable {
  private let lexicon: Lexicon

  init(_ table: DataTable) {
    lexicon = Lexicon(
      table.rows.map { row in
        let index = PairingWord.allCases.firstIndex { $0.rawValue == row[1] }
        return (surface: row[0], value: UInt32(index ?? PairingWord.allCases.count))
      })
  }

  /// Those of a sentence, in order.
  func found(in text: SourceText, _ range: Range<Int>) -> [(word: PairingWord, range: Range<Int>)] {
    lexicon.matches(in: text, range: range).compactMap { match in
      let index = Int(match.value)
      return index < PairingWord.allCases.count ? (PairingWord.allCases[index], match.range) : nil
    }
  }
}
