import DuikouReading
import DuikouText

/// Words around a place or date that say what it is for the figures behind it: `Data/fronts.tsv`.
struct FrontWords: Sendable {
  enum Role: String, CaseIterable {
    case aside, joint, visitors, compared, source, other
  }

  static let standard = FrontWords(DataTable(PackageResources.fronts_tsv))

  private let lexicons: [Role: Lexicon]

  /// Characters of the longest word.
  private static let longest = 4

  init(_ table: DataTable) {
    lexicons = Dictionary(
      uniqueKeysWithValues: Role.allCases.map { role in
        (role, Lexicon(table.rows.filter { $0[1] == role.rawValue }.map { ($0[0], 0) }))
      })
  }

  /// Whether a word of a role ends at `offset`.
  func has(_ role: Role, before offset: Int, in text: SourceText) -> Bool {
    guard let lexicon = lexicons[role] else { return false }
    var start = offset
    for _ in 0..<Self.longest {
      start = text.scalarStart(before: start)
      if lexicon.value(of: start..<offset, in: text) != nil { return true }
    }
    return false
  }

  /// Whether a word of a role begins at `offset`.
  func has(_ role: Role, at offset: Int, in text: SourceText) -> Bool {
    lexicons[role]?.longestMatch(in: text, at: offset) != nil
  }

  /// Whether a word of a role stands in a part of the text.
  func has(_ role: Role, within part: Range<Int>, of text: SourceText) -> Bool {
    lexicons[role]?.matches(in: text, range: part).isEmpty == false
  }
}
