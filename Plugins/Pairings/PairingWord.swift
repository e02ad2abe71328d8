import DuikouReading
import DuikouText

/// What a word of `words.tsv` does in a sentence about pairings.
enum PairingWord: String, CaseIterable, Sendable {
  case help, add, extend, all, each, bind, relation, bond, joint, visit

  /// Whether it waits for whom it helps.
  var takesObject: Bool { [.help, .add, .extend].contains(self) }

  /// Whether a sentence may tell of a pair because of it; the others only say more of one.
  var tellsOfPairs: Bool { ![.all, .each, .visit].contains(self) }
}

/// The words of `words.tsv`, found in a text.
struct PairingWords: Sendable {
  private let words: Lexicon
  /// Words for Beijing and Inner Mongolia together.
  private let bothSides: Lexicon
  /// What districts and counties are called behind a number.
  private let units: Lexicon
  /// What kinds of pairings words tell of.
  private let kinds: [String: String]

  init(_ table: DataTable) {
    // Of a word that stands twice the first row counts, which is an office's own.
    let roles = Dictionary(table.rows.map { ($0[0], $0[1]) }) { first, _ in first }
    kinds = Dictionary(table.rows.map { ($0[0], $0[2]) }) { first, _ in first }
      .filter { !$0.value.isEmpty }
    func lexicon(_ isWanted: (String) -> Bool) -> Lexicon {
      Lexicon(
        roles.filter { isWanted($0.value) }.map { word, role in
          let index = PairingWord.allCases.firstIndex { $0.rawValue == role }
          return (surface: word, value: UInt32(index ?? PairingWord.allCases.count))
        })
    }
    bothSides = lexicon { $0 == "both" }
    units = lexicon { $0 == "unit" }
    words = lexicon { !["both", "unit"].contains($0) }
  }

  /// Those of what is to be read, in order.
  func found(in document: NormalDocument) -> [PairingItem] {
    let text = document.text
    return document.parts.flatMap { part in
      let found = words.matches(in: text, range: part).compactMap { match -> PairingItem? in
        let index = Int(match.value)
        guard index < PairingWord.allCases.count else { return nil }
        return .word(PairingWord.allCases[index], range: match.range)
      }
      let both = bothSides.matches(in: text, range: part).map {
        PairingItem.bothSides(range: $0.range)
      }
      return both.isEmpty
        ? found : (found + both).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
  }

  /// The kind of pairing that a word of a text tells of.
  func kind(of word: Range<Int>, in text: SourceText) -> String? { kinds[text.string(word)] }

  /// The kind of pairing that a sentence tells of, unless it speaks of several.
  func kind(of sentence: [PairingItem], in text: SourceText) -> String? {
    var found: String?
    for item in sentence {
      guard case .word(_, let range) = item, let kind = kind(of: range, in: text) else { continue }
      guard found == nil || found == kind else { return nil }
      found = kind
    }
    return found
  }

  /// The bytes of the unit at `offset`; 0 where none stands.
  func unitWidth(in text: SourceText, at offset: Int) -> Int {
    units.longestMatch(in: text, at: offset).map { $0.end - offset } ?? 0
  }
}
