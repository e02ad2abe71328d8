import DuikouText

/// Words of known classes, such as surnames and titles, that help to tell names from other text.
///
/// A class is a number that only the model's weights give a meaning.
public struct WordList: Equatable, Sendable {
  /// A word and its class.
  public struct Word: Hashable, Sendable {
    public let text: String
    /// From 0; below `mostClasses`.
    public let kind: Int

    public init(text: String, kind: Int) {
      self.text = text
      self.kind = kind
    }
  }

  /// How many classes there may be.
  public static let mostClasses = 15
  /// Bytes of the longest word.
  public static let longestWord = 64
  /// How many words there may be.
  public static let mostWords = 1 << 16

  /// Each word once.
  public let words: [Word]

  /// Of a word that occurs twice the first counts; words that are empty, too long or of no class are
  /// left out.
  public init(_ words: [Word] = []) {
    var seen: Set<String> = []
    let sound = words.filter {
      !$0.text.isEmpty && $0.text.utf8.count <= Self.longestWord
        && (0..<Self.mostClasses).contains($0.kind) && seen.insert($0.text).inserted
    }
    self.words = Array(sound.prefix(Self.mostWords))
  }

  /// Reads a table of words and the names of their classes, of which there are at most `mostClasses`;
  /// classes are numbered in the order of the table.
  public init(_ table: DataTable) {
    var kinds: [String: Int] = [:]
    self.init(
      table.rows.map { row in
        let kind = kinds[row[1], default: kinds.count]
        kinds[row[1]] = kind
        return Word(text: row[0], kind: kind)
      })
  }

  /// What finds the words, with their classes as values.
  var lexicon: Lexicon {
    Lexicon(words.map { ($0.text, UInt32($0.kind)) })
  }
}
