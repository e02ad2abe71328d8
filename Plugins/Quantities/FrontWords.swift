import DuikouText

/// Words around a place or date that say what it is for the figures behind it: `Data/fronts.tsv`.
struct FrontWords: Sendable {
  /// What a word says; one may say several.
  struct Roles: OptionSet, Sendable {
    let rawValue: UInt32

    static let aside = Roles(rawValue: 1)
    static let joint = Roles(rawValue: 2)
    static let visitors = Roles(rawValue: 4)
    static let compared = Roles(rawValue: 8)
    static let source = Roles(rawValue: 16)
    static let other = Roles(rawValue: 32)
    static let from = Roles(rawValue: 64)
    static let time = Roles(rawValue: 128)

    fileprivate static let names: [String: Roles] = [
      "aside": .aside, "joint": .joint, "visitors": .visitors, "compared": .compared,
      "source": .source, "other": .other, "from": .from, "time": .time,
    ]
  }

  static let standard = FrontWords(DataTable(PackageResources.fronts_tsv))

  private let lexicon: Lexicon

  /// Characters of the longest word.
  private static let longest = 4

  init(_ table: DataTable) {
    let roles = table.rows.reduce(into: [String: Roles]()) { roles, row in
      roles[row[0], default: []].formUnion(Roles.names[row[1]] ?? [])
    }
    lexicon = Lexicon(roles.sorted { $0.key < $1.key }.map { ($0.key, $0.value.rawValue) })
  }

  /// What the words say that end at `offset`.
  func roles(before offset: Int, in text: SourceText) -> Roles {
    var roles: Roles = []
    var start = offset
    for _ in 0..<Self.longest {
      start = text.scalarStart(before: start)
      if let value = lexicon.value(of: start..<offset, in: text) {
        roles.formUnion(Roles(rawValue: value))
      }
    }
    return roles
  }

  /// What the longest word says that begins at `offset`.
  func roles(at offset: Int, in text: SourceText) -> Roles {
    Roles(rawValue: lexicon.longestMatch(in: text, at: offset)?.value ?? 0)
  }

  /// What all words say that stand in a part of the text.
  func roles(within part: Range<Int>, of text: SourceText) -> Roles {
    var roles: Roles = []
    lexicon.forEachMatch(in: text, range: part) { roles.formUnion(Roles(rawValue: $0.value)) }
    return roles
  }
}
