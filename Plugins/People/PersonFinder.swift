import DuikouText

/// Finds the people of a document: names behind or before a title, and the same names elsewhere.
struct PersonFinder {
  let grammar: NameGrammar
  let text: SourceText
  let surroundings: Surroundings
  private let parts: [Part]
  let titleStarts: OffsetSet
  private(set) var reader: PositionReader
  private(set) var people: [Person] = []
  private var indices: [String: Int] = [:]
  /// By the ends of their names, who were found so far.
  private var ends: [Int: Int] = [:]
  /// Where names were found so far.
  private var taken: OffsetSet
  /// Names that could only be guessed and stand in the document more than once.
  private var repeated: Set<String> = []

  /// A part of the text that is to be read.
  struct Part {
    let range: Range<Int>
    /// In order; none of them inside a division's or an agency's name.
    let titles: [Title]
  }

  init(
    grammar: NameGrammar, titles table: TitleTable, text: SourceText, parts: [Range<Int>],
    surroundings: Surroundings
  ) {
    self.grammar = grammar
    self.text = text
    self.surroundings = surroundings
    self.parts = parts.map { range in
      let titles = table.titles(in: text, range: range).compactMap { title -> Title? in
        guard let other = surroundings.last(overlapping: title.range) else { return title }
        guard other.upperBound < title.range.upperBound else { return nil }
        return table.rest(of: title, behind: other.upperBound, in: text)
      }
      return Part(range: range, titles: titles)
    }
    let titles = self.parts.flatMap(\.titles)
    var starts = OffsetSet(count: text.count)
    for title in titles { starts.insert(title.range.lowerBound) }
    titleStarts = starts
    taken = OffsetSet(count: text.count)
    reader = PositionReader(text: text, titles: titles, surroundings: surroundings)
  }

  /// Finds them all, in the order of their first position.
  static func people(
    in text: SourceText, parts: [Range<Int>], surroundings: Surroundings, grammar: NameGrammar,
    titles: TitleTable
  ) -> [Person] {
    var finder = PersonFinder(
      grammar: grammar, titles: titles, text: text, parts: parts, surroundings: surroundings)
    finder.countGuessed()
    for part in finder.parts { finder.read(part) }
    for part in finder.parts {
      finder.readBylines(part)
      finder.readRows(part)
      finder.readSpeakers(part)
    }
    finder.findAgain()
    return finder.people
  }

  private mutating func read(_ part: Part) {
    for title in part.titles {
      if title.kind == .label {
        readSent(behind: title, in: part)
        readLabelled(behind: title, in: part)
        continue
      }
      if title.isAddress(in: text), readAddressed(before: title, in: part) { continue }
      if let name = saluted(before: title, in: part) {
        add(name, confidence: 0.9, positions: [])
      } else if let name = name(behind: title, in: part) {
        let positions = reader.positions(of: title, nameEnd: name.range.upperBound)
        add(name.range, confidence: name.confidence, positions: positions)
        readList(behind: name.range.upperBound, title: title, in: part)
      } else if let name = name(before: title, in: part) {
        let positions = reader.positions(of: title, behindName: name)
        add(name, confidence: 0.93, positions: positions)
      } else if let name = name(bracketing: title, in: part) {
        appoint(name, to: reader.positions(of: title, inRowOf: name))
      } else if let (name, positions) = appointment(to: title, in: part) {
        appoint(name, to: positions)
      }
    }
  }

  /// Gives somebody positions who is named already, or now.
  mutating func appoint(_ name: Range<Int>, to positions: [Position]) {
    if let index = ends[name.upperBound] {
      people[index].positions += positions
    } else {
      add(name, confidence: 0.88, positions: positions)
    }
  }

  /// 王建华同志挂职任 + 正蓝旗旗委常委、副旗长: who is named before the verb, and what she becomes.
  private func appointment(to title: Title, in part: Part) -> (Range<Int>, [Position])? {
    let end = title.range.upperBound
    guard !title.kind.isNoPosition, title.kind != .free,
      end >= text.count || CharacterClass(text.scalar(at: end).value).isBoundary
        || text.width(ofAny: Self.since, at: end) > 0
    else { return nil }
    let positions = reader.positions(of: title)
    guard var start = positions.first?.evidence.lowerBound else { return nil }
    if !Self.becoming.contains(where: { text.has($0, before: start) }) {
      if start == title.range.lowerBound { start = townStart(before: start) }
      guard text.listSeparator(before: start)?.kind == .comma else { return nil }
    }
    var at = start
    while let word = Self.appointing.first(where: { text.has($0, before: at) }) {
      at -= word.utf8.count
    }
    // 拟任 is no position yet.
    if text.has("拟", before: at) { return nil }
    if let name = resume(before: start, in: part) { return (name, positions) }
    if ends[at] != nil { return (at..<at, positions) }
    let name = grammar.name(
      in: text, endingAt: at, start: part.range.lowerBound, isTaken: { surroundings.overlaps($0) },
      isBoundary: { surroundings.agency(endingAt: $0) != nil })
    return name.map { ($0, positions) }
  }

  /// What may stand behind the position: 任副旗长 + 已有两年.
  private static let since = ["已", "时", "后", "以来", "期间", "的", "一职"]
  /// 北京市密云区溪翁庄镇 + 副镇长: where the town begins, or firm, of which nothing else is known.
  private func townStart(before start: Int) -> Int {
    var at = start
    for _ in 0..<Self.longestTown {
      let scalar = text.scalar(before: at)
      guard CharacterClass(scalar.value) == .han else { break }
      at -= scalar.width
    }
    return text.listSeparator(before: at)?.kind == .comma ? at : start
  }

  /// In characters.
  private static let longestTown = 20

  /// 乔建军，溪翁庄镇副镇长，2022年8月起任副局长: who is named at the beginning of the sentence, before a comma.
  private func resume(before start: Int, in part: Part) -> Range<Int>? {
    let limit = max(part.range.lowerBound, start - Self.longestResume)
    let sentence = text.sentenceStart(of: start, notBefore: limit)
    guard sentence > limit || sentence == part.range.lowerBound,
      let name = name(at: sentence, in: part), name.certainty == .sign,
      name.range.count > Self.shortName || ends[name.range.upperBound] != nil,
      text.listSeparator(at: name.range.upperBound)?.kind == .comma
    else { return nil }
    let isNext = text.listSeparator(before: start)?.kind == .comma
    return !isNext || name.range.upperBound + 3 >= start ? name.range : nil
  }

  /// In bytes.
  private static let longestResume = 300

  /// The last characters of what says that somebody becomes something.
  private static let becoming = ["任", "当选", "当选为", "任命为"]
  /// What stands between a name and the position.
  private static let appointing = [
    "担任", "任命为", "当选为", "当选", "出任", "现任", "曾任", "兼任", "挂任", "调任", "挂职任", "任", "挂职", "同志", "先后", "历",
    "被",
  ]

  /// 主任 + 宋宇. A remark in brackets may stand between; behind a blank or a colon the name must end
  /// at a sign.
  private func name(behind title: Title, in part: Part) -> Person.Mention? {
    let titleEnd = text.skippingBrackets(from: title.range.upperBound)
    var start = titleEnd + text.width(ofAny: [":", "："], at: titleEnd)
    start = text.skippingBlanks(from: start, atMost: 2)
    guard let name = name(at: start, in: part) else { return nil }
    switch name.certainty {
    case .sign:
      return confidence(ofNameBehind: title, name.range).map {
        Person.Mention(range: name.range, confidence: $0)
      }
    case .word where start == titleEnd || title.kind == .free:
      return Person.Mention(range: name.range, confidence: 0.95)
    case .guessed where start == titleEnd:
      let isOffice = title.kind == .office || title.kind == .government || title.kind == .chair
      if isOffice, repeated.contains(text.string(name.range)) {
        return Person.Mention(range: name.range, confidence: 0.8)
      }
      return (isOffice || title.kind == .occupation) && grammar.isLikely(name, in: text)
        ? Person.Mention(range: name.range, confidence: 0.75) : nil
    case .word, .guessed: return nil
    }
  }

  /// How sure a name is that ends at a sign: 村民修路。 has none. Nil where it is none.
  private func confidence(ofNameBehind title: Title, _ range: Range<Int>) -> Double? {
    guard title.kind.isNoPosition else { return 0.97 }
    if repeated.contains(text.string(range)) { return 0.85 }
    let isWhole = title.kind == .occupation && range.count > Self.shortName
    return isWhole ? 0.9 : nil
  }

  /// Bytes of a name of two characters.
  private static let shortName = 6

  /// 孙书涛 + 副盟长. The name stands behind a sign or an agency.
  private func name(before title: Title, in part: Part) -> Range<Int>? {
    guard !title.kind.isNoPosition, title.kind != .free,
      surroundings.agency(endingAt: title.range.lowerBound) == nil
    else { return nil }
    return grammar.name(
      in: text, endingAt: title.range.lowerBound, start: part.range.lowerBound,
      isTaken: { surroundings.overlaps($0) },
      isBoundary: { surroundings.agency(endingAt: $0) != nil })
  }

  /// 郭晓莉 + 代表：, alone in a line.
  private func saluted(before title: Title, in part: Part) -> Range<Int>? {
    guard title.kind.isNoPosition, text.width(ofAny: [":", "："], at: title.range.upperBound) > 0
    else {
      return nil
    }
    let name = grammar.name(
      in: text, endingAt: title.range.lowerBound, start: part.range.lowerBound,
      isTaken: { surroundings.overlaps($0) }, isBoundary: { _ in false })
    return name.flatMap { name in
      let start = name.lowerBound
      return start == 0 || text.bytes[start - 1] == 0x0a ? name : nil
    }
  }

  /// 张雷、其木格 + 同志: whether anybody is named before the title.
  private mutating func readAddressed(before title: Title, in part: Part) -> Bool {
    var isFound = false
    var end = title.range.lowerBound
    while let name = grammar.name(
      in: text, endingAt: end, start: part.range.lowerBound,
      isTaken: { surroundings.overlaps($0) },
      isBoundary: { surroundings.agency(endingAt: $0) != nil })
    {
      add(name, confidence: 0.9, positions: [])
      isFound = true
      guard let separator = text.listSeparator(before: name.lowerBound), separator.kind == .mark
      else { break }
      end = name.lowerBound - separator.width
    }
    return isFound
  }

  /// 石玉东 + （内蒙古文旅厅厅长）: the name stands before the brackets that the title ends.
  private func name(bracketing title: Title, in part: Part) -> Range<Int>? {
    guard title.kind != .collective, text.has(")", at: title.range.upperBound) else { return nil }
    let limit = max(part.range.lowerBound, title.range.lowerBound - Self.longestRemark)
    var at = title.range.lowerBound
    while at > limit, !text.has("(", before: at) {
      let scalar = text.scalar(before: at)
      guard [.han, .listMark].contains(CharacterClass(scalar.value)) else { return nil }
      at -= scalar.width
    }
    guard text.has("(", before: at) else { return nil }
    return grammar.name(
      in: text, endingAt: at - 1, start: part.range.lowerBound,
      isTaken: { surroundings.overlaps($0) },
      isBoundary: { surroundings.agency(endingAt: $0) != nil || text.has("》", before: $0) })
  }

  /// In bytes.
  private static let longestRemark = 90

  /// 区领导 + 王永浩 + 、 + 季荣旺: they share the title. Behind 记者 a blank will do.
  private mutating func readList(behind end: Int, title: Title, in part: Part) {
    let isVillager = title.kind.isNoPosition
    var end = end
    while let start = listStart(behind: end, title: title), !titleStarts.contains(start),
      let name = name(at: start, in: part), name.certainty != .guessed
    {
      guard !isBlank(before: start) || name.certainty == .sign else { return }
      // 村民巴特尔、韩铁柱等: what is listed behind villagers may be anything that looks like a name.
      guard !isVillager || isListed(name) else { return }
      let positions = reader.positions(of: title, nameEnd: name.range.upperBound)
      add(name.range, confidence: 0.92, positions: positions)
      end = name.range.upperBound
    }
  }

  /// 选派 + 王立群、陈晓东等: two or more of a list.
  private mutating func readSent(behind title: Title, in part: Part) {
    guard text.has("派", before: title.range.upperBound) else { return }
    var names: [Range<Int>] = []
    var at = title.range.upperBound + text.width(ofAny: ["了"], at: title.range.upperBound)
    while let name = name(at: at, in: part), name.certainty != .guessed, isListed(name) {
      names.append(name.range)
      at = name.range.upperBound
      guard text.has("、", at: at) else { break }
      at += "、".utf8.count
    }
    guard names.count > 1 else { return }
    for name in names { add(name, confidence: 0.85, positions: []) }
  }

  /// Whether a name of three characters or more goes on with the list, or ends it.
  private func isListed(_ name: NameGrammar.Name) -> Bool {
    name.range.count > Self.shortName
      && (text.has("、", at: name.range.upperBound) || text.has("等", at: name.range.upperBound))
  }

  /// Where the next name of a list would begin.
  func listStart(behind end: Int, title: Title) -> Int? {
    if let separator = text.listSeparator(at: end) {
      return separator.kind == .comma ? nil : end + separator.width
    }
    let start = text.skippingBlanks(from: end, atMost: 2)
    return title.kind == .free && start > end ? start : nil
  }

  private func isBlank(before offset: Int) -> Bool {
    CharacterClass(text.scalar(before: offset).value) == .blank
  }

  func name(at offset: Int, in part: Part) -> NameGrammar.Name? {
    grammar.name(
      in: text, at: offset, end: part.range.upperBound, isTaken: { surroundings.overlaps($0) },
      isTitle: { titleStarts.contains($0) })
  }

  /// Finds out which names that can only be guessed stand in the document more than once.
  private mutating func countGuessed() {
    var guessed: Set<String> = []
    for part in parts {
      for title in part.titles {
        guard let name = name(at: title.range.upperBound, in: part),
          name.certainty == .guessed || title.kind.isNoPosition
        else { continue }
        guessed.insert(text.string(name.range))
      }
    }
    guard !guessed.isEmpty else { return }
    let lexicon = Lexicon(guessed.map { ($0, 0) })
    var seen: Set<String> = []
    for match in parts.flatMap({ lexicon.matches(in: text, range: $0.range) }) {
      let name = text.string(match.range)
      if !seen.insert(name).inserted { repeated.insert(name) }
    }
  }

  mutating func add(_ range: Range<Int>, confidence: Double, positions: [Position]) {
    guard !taken.overlaps(range) else { return }
    taken.insert(range)
    let name = text.string(range).filter { !$0.isWhitespace }
    let index = indices[name] ?? people.count
    if index == people.count {
      indices[name] = index
      people.append(Person(name: name))
    }
    people[index].mentions.append(.init(range: range, confidence: confidence))
    people[index].positions += positions
    ends[range.upperBound] = index
    reader.note(positions, nameEnd: range.upperBound)
  }

  /// Finds the names again where no title stands.
  private mutating func findAgain() {
    let lexicon = Lexicon(people.enumerated().map { ($1.name, UInt32($0)) })
    for part in parts {
      for match in lexicon.matches(in: text, range: part.range)
      where !taken.overlaps(match.range) && !surroundings.overlaps(match.range) {
        people[Int(match.value)].mentions.append(.init(range: match.range, confidence: 0.9))
      }
    }
    for index in people.indices {
      people[index].mentions.sort { $0.range.lowerBound < $1.range.lowerBound }
    }
  }
}
