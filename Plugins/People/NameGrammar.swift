import DuikouText

/// What names look like, and where they end.
struct NameGrammar: Sendable {
  /// A name, and how sure it is that it ends where it does.
  struct Name: Sendable {
    /// Bytes of the document's text.
    let range: Range<Int>
    let certainty: Certainty
  }

  /// A part of the text that may be a name by its characters alone.
  private struct Candidate {
    let range: Range<Int>
    /// Whether its surname is a word as well.
    var isRare: Bool
  }

  enum Certainty: Int, Sendable, Comparable {
    /// Nothing speaks for the end but the usual length.
    case guessed
    /// A word follows that may stand behind a name.
    case word
    /// A sign or the end of the text follows.
    case sign

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  private let surnames: Lexicon
  private let isRare: [Bool]
  private let syllables: Set<UInt32>
  private let behind, before, notNames: Lexicon
  private let never: Set<UInt32>

  /// Reads the tables; see their comments for the columns.
  init(surnames table: DataTable, words: DataTable) {
    func lexicon(_ kind: String) -> Lexicon {
      Lexicon(words.rows.filter { $0[0] == kind }.map { ($0[1], 0) })
    }
    let families = table.rows.filter { $0[1] != "syllable" }
    surnames = Lexicon(families.enumerated().map { ($1[0], UInt32($0)) })
    isRare = families.map { $0[1] == "rare" }
    syllables = Self.scalars(table.rows.filter { $0[1] == "syllable" }.map { $0[0] })
    behind = lexicon("behind")
    before = lexicon("before")
    notNames = lexicon("not")
    never = Self.scalars(words.rows.filter { $0[0] == "never" }.map { $0[1] })
  }

  private static func scalars(_ words: [String]) -> Set<UInt32> {
    Set(words.flatMap { $0.unicodeScalars.map(\.value) })
  }

  /// The name that begins at `offset` and goes no further than `end`. `isTaken` says whether a
  /// range belongs to something else, `isTitle` whether a title begins at an offset.
  func name(
    in text: SourceText, at offset: Int, end: Int, isTaken: (Range<Int>) -> Bool,
    isTitle: (Int) -> Bool
  ) -> Name? {
    guard notNames.longestMatch(in: text, at: offset) == nil else { return nil }
    let names = candidates(in: text, at: offset, end: end).compactMap { candidate -> Name? in
      guard !isTaken(candidate.range) else { return nil }
      let certainty = certainty(in: text, at: candidate.range.upperBound, end: end, isTitle)
      guard !candidate.isRare || certainty == .sign else { return nil }
      return Name(range: candidate.range, certainty: certainty)
    }
    return names.last { $0.certainty == .sign } ?? names.first { $0.certainty == .word }
      ?? names.last
  }

  /// The name that ends at `end`, behind a sign or a word that may stand before a name.
  func name(
    in text: SourceText, endingAt end: Int, start: Int, isTaken: (Range<Int>) -> Bool,
    isBoundary: (Int) -> Bool
  ) -> Range<Int>? {
    var at = end
    for _ in 0..<4 where at > start {
      at = text.scalarStart(before: at)
      let range = at..<end
      guard !isTaken(range), notNames.longestMatch(in: text, at: at) == nil,
        candidates(in: text, at: at, end: end).contains(where: { $0.range == range && !$0.isRare })
      else { continue }
      let scalar = text.scalar(before: at)
      if at == start || isBoundary(at) || CharacterClass(scalar.value).isBoundary
        || endsWithWordBefore(text, at)
      {
        return range
      }
    }
    return nil
  }

  /// What may be a name: a surname and one or two characters, or two to six Mongolian syllables;
  /// the shortest first.
  private func candidates(in text: SourceText, at offset: Int, end: Int) -> [Candidate] {
    var found: [Candidate] = []
    surnames.forEachPrefix(in: text, at: offset, end: end) { surname in
      var at = surname.end
      for _ in 0..<2 {
        guard let next = given(in: text, at: at, end: end) else { break }
        at = next
        found.append(Candidate(range: offset..<at, isRare: isRare[Int(surname.value)]))
      }
    }
    var at = offset
    for length in 1...6 {
      let scalar = text.scalar(at: at)
      guard at < end, syllables.contains(scalar.value) else { break }
      at += scalar.width
      if length > 1 { found.append(Candidate(range: offset..<at, isRare: false)) }
    }
    return found.sorted { $0.range.upperBound < $1.range.upperBound }
  }

  /// The end of the character at `offset` if it may be in a given name.
  private func given(in text: SourceText, at offset: Int, end: Int) -> Int? {
    let scalar = text.scalar(at: offset)
    let isGiven =
      offset + scalar.width <= end && CharacterClass(scalar.value) == .han
      && !never.contains(scalar.value)
    return isGiven ? offset + scalar.width : nil
  }

  private func certainty(
    in text: SourceText, at offset: Int, end: Int, _ isTitle: (Int) -> Bool
  ) -> Certainty {
    let scalar = text.scalar(at: offset)
    if offset >= end || CharacterClass(scalar.value).isBoundary { return .sign }
    let isWord = behind.longestMatch(in: text, at: offset) != nil || isTitle(offset)
    return isWord ? .word : .guessed
  }

  private func endsWithWordBefore(_ text: SourceText, _ offset: Int) -> Bool {
    var at = offset
    for _ in 0..<4 where at > 0 {
      at = text.scalarStart(before: at)
      if before.value(of: at..<offset, in: text) != nil { return true }
    }
    return false
  }
}
