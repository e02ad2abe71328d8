import DuikouText

/// Words that say where the name of what is counted ends: `Data/compounds.tsv`.
struct CompoundWords: Sendable {
  static let standard = CompoundWords(DataTable(PackageResources.compounds_tsv))

  private let wholes, verbs: Lexicon
  private let firstOfVerbs: Set<UInt32>

  /// Characters of a word before the one that is asked for.
  private static let longestFront = 3

  init(_ table: DataTable) {
    func words(_ role: String) -> [String] {
      table.rows.filter { $0[1] == role }.map { $0[0] }
    }
    wholes = Lexicon(words("whole").map { ($0, 0) })
    verbs = Lexicon(words("verb").map { ($0, 0) })
    firstOfVerbs = Set(words("verb").compactMap { $0.unicodeScalars.first?.value })
  }

  /// Whether the character at an offset belongs to a word in which no name ends: 对 in 对口.
  func holds(_ offset: Int, in text: SourceText) -> Bool {
    var start = offset
    for _ in 0...Self.longestFront {
      if let match = wholes.longestMatch(in: text, at: start), match.end > offset { return true }
      start = text.scalarStart(before: start)
    }
    return false
  }

  /// Whether a verb begins at an offset, where `scalar` stands.
  func isVerb(_ scalar: UInt32, at offset: Int, in text: SourceText) -> Bool {
    firstOfVerbs.contains(scalar) && verbs.longestMatch(in: text, at: offset) != nil
  }
}
