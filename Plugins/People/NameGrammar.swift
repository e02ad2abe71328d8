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
  private let givens: Set<UInt32>

  /// Reads the tables; see their comments for the columns.
  init(surnames table: DataTable, words: DataTable) {
    func lexicon(_ kind: String) -> Lexicon {
      Lexicon(words.rows.filter { $0[0] == kind }.map { ($0[1], 0) })
    }
    let families = table.rows.filter { !["syllable", "given"].contains($0[1]) }
    surnames = Lexicon(families.enumerated().map { ($1[0], UInt32($0)) })
    isRare = families.map { $0[1] == "rare" }
    syllables = Self.scalars(table.rows.filter { $0[1] == "syllable" }.map { $0[0] })
    givens = Self.scalars(table.rows.filter { $0[1] == "given" }.map { $0[0] })
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
    let word = notNames.longestMatch(in: text, at: offset)
    let names = candidates(in: text, at: offset, end: end).compactMap { candidate -> Name? in
      guard !isTaken(candidate.range), !endsInLevel(candidate.range, in: text),
        word == nil || isMongolian(candidate.range, in: text)
          || candidate.range.upperBound == word?.end && isSpeaker(candidate.range, in: text)
          || isLonger(candidate, than: word, in: text)
      else { return nil }
      let certainty = certainty(in: text, at: candidate.range.upperBound, end: end, isTitle)
      guard word == nil || certainty != .guessed else { return nil }
      guard !candidate.isRare || certainty == .sign || isListEnd(text, candidate.range) else {
        return nil
      }
      return Name(range: candidate.range, certainty: certainty)
    }
    return names.last { $0.certainty == .sign } ?? firstBeforeWord(names, in: text) ?? names.last
  }

  /// The shortest name before a word; 王中和 before 参加, as 和 joins nobody there.
  private func firstBeforeWord(_ names: [Name], in text: SourceText) -> Name? {
    guard let name = names.first(where: { $0.certainty == .word }) else { return nil }
    let end = name.range.upperBound
    guard text.has("和", at: end) else { return name }
    let longer = names.first { $0.range.upperBound == end + 3 && $0.certainty == .word }
    return longer ?? name
  }

  /// 白云飞, of 白云: a name of three characters that begins with a word and ends as given names do.
  private func isLonger(
    _ candidate: Candidate, than word: LexiconMatch?, in text: SourceText
  ) -> Bool {
    let range = candidate.range
    return range.count == 3 * 3 && word?.end == range.lowerBound + Self.shortName
      && givens.contains(text.scalar(before: range.upperBound).value) && !candidate.isRare
  }

  /// 处长高山介绍: a name that is a word as well, of somebody who speaks.
  private func isSpeaker(_ range: Range<Int>, in text: SourceText) -> Bool {
    text.width(
      ofAny: ["介绍", "表示", "指出", "强调", "告诉", "讲话", "致辞", "出席", "主持", "说,", "说:", "说“"],
      at: range.upperBound) > 0
  }

  /// Whether it is the name of a sum or village, whose ending is made of syllables as well.
  private func endsInLevel(_ range: Range<Int>, in text: SourceText) -> Bool {
    range.count > Self.shortName
      && ["苏木", "嘎查"].contains { text.has($0, before: range.upperBound) }
  }

  /// 乌兰图雅: four syllables or more are a name, whatever word they begin with.
  private func isMongolian(_ range: Range<Int>, in text: SourceText) -> Bool {
    range.count >= 4 * 3
      && syllableEnds(in: text, from: range.lowerBound, end: range.upperBound).last
        == range.upperBound
  }

  /// 向志强等: a long name of a rare surname at the end of a list.
  private func isListEnd(_ text: SourceText, _ range: Range<Int>) -> Bool {
    range.count > Self.shortName && text.has("等", at: range.upperBound)
  }

  /// Characters of the longest name, with a dot.
  private static let longestName = 9
  /// Bytes of a name of two characters.
  private static let shortName = 6

  /// Whether a name of three characters, of which the last two are those of given names, goes on so far by its
  /// characters alone: 刘国军 + 算起了账.
  func isLikely(_ name: Name, in text: SourceText) -> Bool {
    let first = name.range.lowerBound + text.scalar(at: name.range.lowerBound).width
    let second = first + text.scalar(at: first).width
    return second + text.scalar(at: second).width == name.range.upperBound
      && givens.contains(text.scalar(at: first).value)
      && givens.contains(text.scalar(at: second).value)
  }

  /// The name that ends at `end`, behind a sign or a word that may stand before a name.
  func name(
    in text: SourceText, endingAt end: Int, start: Int, isTaken: (Range<Int>) -> Bool,
    isBoundary: (Int) -> Bool
  ) -> Range<Int>? {
    var at = end
    for _ in 0..<Self.longestName where at > start {
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

  /// What may be a name: a surname and one or two characters, or three to five Mongolian syllables, or two to six of
  /// these alone, or two parts around a dot; the shortest first.
  private func candidates(in text: SourceText, at offset: Int, end: Int) -> [Candidate] {
    var found: [Candidate] = []
    surnames.forEachPrefix(in: text, at: offset, end: end) { surname in
      var at = surname.end
      for _ in 0..<2 {
        guard let next = given(in: text, at: at, end: end) else { break }
        at = next
        found.append(Candidate(range: offset..<at, isRare: isRare[Int(surname.value)]))
      }
      for at in syllableEnds(in: text, from: surname.end, end: end).dropFirst(2) {
        found.append(Candidate(range: offset..<at, isRare: false))
      }
      if let at = spacedEnd(in: text, behind: surname.end, end: end) {
        found.append(Candidate(range: offset..<at, isRare: isRare[Int(surname.value)]))
      }
    }
    for at in syllableEnds(in: text, from: offset, end: end).dropFirst() {
      found.append(Candidate(range: offset..<at, isRare: false))
    }
    for at in dottedEnds(in: text, from: offset, end: end) {
      found.append(Candidate(range: offset..<at, isRare: false))
    }
    return found.sorted { $0.range.upperBound < $1.range.upperBound }
  }

  /// Where Mongolian syllables end that stand together, six at most.
  private func syllableEnds(in text: SourceText, from offset: Int, end: Int) -> [Int] {
    var ends: [Int] = []
    var at = offset
    while ends.count < 6, at < end {
      let scalar = text.scalar(at: at)
      guard syllables.contains(scalar.value) else { break }
      at += scalar.width
      ends.append(at)
    }
    return ends
  }

  /// 张　革 of a table: the end of a name of two characters with blanks between, behind which no character stands.
  private func spacedEnd(in text: SourceText, behind surname: Int, end: Int) -> Int? {
    let start = text.skippingBlanks(from: surname, atMost: 4)
    guard start > surname, let at = given(in: text, at: start, end: end),
      CharacterClass(text.scalar(at: at).value).isBoundary
    else { return nil }
    return at
  }

  private static let dots = ["·", "•", "・", "‧"]

  /// 阿黎·额尔登挂: where a name with a dot may end; one to four characters stand before it, two to six behind.
  private func dottedEnds(in text: SourceText, from offset: Int, end: Int) -> [Int] {
    var at = offset
    for _ in 0..<4 {
      guard let next = given(in: text, at: at, end: end) else { return [] }
      at = next
      let dot = text.width(ofAny: Self.dots, at: at)
      guard dot > 0 else { continue }
      var ends: [Int] = []
      var last = at + dot
      while ends.count < 6, let next = given(in: text, at: last, end: end) {
        last = next
        ends.append(last)
        if let word = behind.longestMatch(in: text, at: last), word.end > last + 3 { break }
      }
      return Array(ends.dropFirst())
    }
    return []
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
    let isDot =
      text.width(ofAny: Self.dots, at: offset) > 0
      && CharacterClass(text.scalar(at: offset + scalar.width).value) == .han
    if offset >= end || CharacterClass(scalar.value).isBoundary && !isDot { return .sign }
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
