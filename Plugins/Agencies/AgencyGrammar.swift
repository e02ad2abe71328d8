import DuikouText

/// How names of bodies are built: known suffixes, and words that make up new ones.
struct AgencyGrammar: Sendable {
  /// What must stand in front of a body.
  enum Place: String, Sendable {
    /// Any name of a division.
    case any
    /// A name that ends in its level: 市 in 市委.
    case level
    /// Nothing: the body stands alone.
    case nation
  }

  private struct Suffix: Sendable {
    let body: Body
    let place: Place
  }

  private struct Word: Sendable {
    let name: String
    let sector: String
  }

  /// How many stems a name has at most.
  private static let mostStems = 6

  /// By the body's key.
  let facts: [String: BodyFacts]
  private let suffixes: [Suffix]
  private let suffixLexicon: Lexicon
  private let nationLexicon: Lexicon
  private let stems, heads: [Word]
  private let stemLexicon, headLexicon: Lexicon
  /// Words that begin with the last character of a name: 委托.
  private let guards: Lexicon

  /// Reads the tables; see their comments for the columns.
  init(suffixes table: DataTable, stems words: DataTable, guards: DataTable) {
    let suffixes = table.rows.map {
      Suffix(body: Body(name: $0[1], sector: $0[2]), place: Place(rawValue: $0[3]) ?? .any)
    }
    self.suffixes = suffixes
    let named = table.rows.enumerated().map { (surface: $1[0], value: UInt32($0)) }
    suffixLexicon = Lexicon(named.filter { suffixes[Int($0.value)].place != .nation })
    nationLexicon = Lexicon(named.filter { suffixes[Int($0.value)].place == .nation })
    facts = Dictionary(table.rows.map { (Body.key($0[1]), BodyFacts($0)) }) { first, _ in first }
    let stemRows = words.rows.filter { $0[0] == "stem" }
    let headRows = words.rows.filter { $0[0] == "head" }
    stems = stemRows.map { Word(name: $0[2], sector: $0[3]) }
    heads = headRows.map { Word(name: $0[2], sector: "") }
    stemLexicon = Lexicon(stemRows.enumerated().map { ($1[1], UInt32($0)) })
    headLexicon = Lexicon(headRows.enumerated().map { ($1[1], UInt32($0)) })
    self.guards = Lexicon(
      guards.rows.flatMap { row in row.list(1).map { (row[0] + $0, 0) } })
  }

  /// The longest name of a body that begins at `offset`. `hasLevel` says whether a name that ends in
  /// its level stands in front.
  func body(in text: SourceText, at offset: Int, hasLevel: Bool) -> BodyMatch? {
    let known = suffix(in: text, at: offset, hasLevel: hasLevel)
    let composed = composedName(in: text, at: offset)
    guard let known else { return composed }
    return (composed?.end ?? 0) > known.end ? composed : known
  }

  /// The national bodies in a part of the text.
  func nationalBodies(in text: SourceText, range: Range<Int>) -> [(start: Int, match: BodyMatch)] {
    nationLexicon.matches(in: text, range: range).filter { isWhole(text, endingAt: $0.end) }.map {
      ($0.start, BodyMatch(end: $0.end, body: suffixes[Int($0.value)].body))
    }
  }

  private func suffix(in text: SourceText, at offset: Int, hasLevel: Bool) -> BodyMatch? {
    var found: BodyMatch?
    suffixLexicon.forEachPrefix(in: text, at: offset) { match in
      let suffix = suffixes[Int(match.value)]
      guard hasLevel || suffix.place == .any, isWhole(text, endingAt: match.end) else { return }
      found = BodyMatch(end: match.end, body: suffix.body)
    }
    return found
  }

  /// A name made of stems, joined by 和 or 与 here and there, and a head.
  private func composedName(in text: SourceText, at offset: Int) -> BodyMatch? {
    var found: BodyMatch?
    var body = Body(name: "{}", sector: "")
    var at = offset
    for _ in 0..<Self.mostStems {
      guard let stem = stemLexicon.longestMatch(in: text, at: at) else { break }
      body.name += stems[Int(stem.value)].name
      if body.sector.isEmpty { body.sector = stems[Int(stem.value)].sector }
      at = stem.end
      headLexicon.forEachPrefix(in: text, at: at) { head in
        guard isWhole(text, endingAt: head.end) else { return }
        let name = body.name + heads[Int(head.value)].name
        found = BodyMatch(end: head.end, body: Body(name: name, sector: body.sector))
      }
      let joiner = text.width(ofAny: ["和", "与"], at: at)
      if joiner > 0 {
        body.name += text.string(at..<at + joiner)
        at += joiner
      }
    }
    return found
  }

  /// Whether a name that ends at `end` is not part of a longer word.
  private func isWhole(_ text: SourceText, endingAt end: Int) -> Bool {
    text.has("会同", at: end)
      || guards.longestMatch(in: text, at: text.scalarStart(before: end)) == nil
  }
}

extension BodyFacts {
  fileprivate init(_ row: DataTable.Row) {
    from = Int(row[4])
    until = Int(row[5])
    let successors = row[6].split(separator: "/").map(String.init)
    successor = successors.first ?? ""
    provincialSuccessor = successors.last ?? ""
  }
}
