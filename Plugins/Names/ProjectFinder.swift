import DuikouReading
import DuikouText

/// Finds where projects are named in a part of a text.
struct ProjectFinder {
  let words: ProjectWords
  let generic: GenericWords
  let surroundings: Surroundings
  private let text: SourceText
  private let lists: ListedProjects

  /// Bytes of the longest name.
  private static let longest = 600
  /// Bytes of the longest name before 落地.
  private static let longestLanding = 75
  /// Bytes of the longest amount before a name.
  private static let longestAmount = 60

  init(words: ProjectWords, generic: GenericWords, surroundings: Surroundings) {
    self.words = words
    self.generic = generic
    self.surroundings = surroundings
    text = surroundings.document.text
    lists = ListedProjects(words: words, generic: generic, surroundings: surroundings)
  }

  /// The projects of a part of which these are the triggers.
  func projects(_ triggers: [LexiconMatch], in part: Range<Int>) -> [Range<Int>] {
    var end = part.lowerBound
    return triggers.flatMap { match -> [Range<Int>] in
      guard let trigger = ProjectWords.Trigger(rawValue: match.value) else { return [] }
      if trigger == .project {
        return project(match, in: part).map { [$0] }
          ?? lists.projects(before: match.start, in: part)
      }
      if match.end >= end { end = phraseEnd(from: match.end, in: part) }
      let phrase = match.end..<end
      return (trigger == .built ? work(phrase) : landing(phrase)).map { [$0] } ?? []
    }
  }

  /// 举行 + 京蒙蔬菜种植基地建设合作项目 + 签约仪式.
  private func project(_ match: LexiconMatch, in part: Range<Int>) -> Range<Int>? {
    var from = surroundings.nameStart.start(of: match.start, notBefore: part.lowerBound)
    let isQuoted = text.has("“", before: from)
    if !isQuoted {
      from = words.behindLeads(behindAmount(from, before: match.start), in: text, end: match.start)
    }
    // 帮扶项目137个.
    guard CharacterClass(text.scalar(at: match.end).value) != .digit else { return nil }
    let isCeremony = words.ceremonies.longestMatch(in: text, at: match.end) != nil
    let own = from..<match.start
    guard own.count >= 12, !startsWithNumber(own), !hasCount(own),
      !surroundings.agencies.overlaps(own),
      isCeremony || generic.specificLength(of: own, in: text) >= (isQuoted ? 2 : 4)
    else { return nil }
    return from..<match.end
  }

  /// 2.8亿元 + 建设阿尔山温泉度假酒店项目: where a name may begin that is found to begin at `offset` or later.
  private func behindAmount(_ offset: Int, before end: Int) -> Int {
    let amounts = surroundings.money.beginning(in: max(0, offset - Self.longestAmount)..<end)
    guard let amount = amounts.last(where: { $0.range.upperBound <= end }),
      amount.range.upperBound > offset
    else { return offset }
    return amount.range.upperBound
  }

  /// 联合建设的 + 库伦旗特色文化美食密云体验馆.
  private func work(_ phrase: Range<Int>) -> Range<Int>? {
    guard phrase.count <= Self.longest,
      let last = words.works.matches(in: text, range: phrase).last, last.end == phrase.upperBound,
      last.start - phrase.lowerBound >= 9,
      generic.specificLength(of: phrase.lowerBound..<last.start, in: text) >= 2,
      !startsWithNumber(phrase)
    else { return nil }
    return phrase
  }

  /// 推动 + 北京首开老字号美食大篷车 + 落地 + 阿尔山.
  private func landing(_ phrase: Range<Int>) -> Range<Int>? {
    let start = phrase.lowerBound
    let near = start..<min(phrase.upperBound, start + Self.longestLanding + 6)
    guard let landed = words.landed.matches(in: text, range: near).first,
      15...Self.longestLanding ~= landed.start - start,
      generic.specificLength(of: start..<landed.start, in: text) >= 4,
      !startsWithNumber(phrase)
    else { return nil }
    return start..<landed.start
  }

  /// Whether it counts projects, 再签下26个扶贫合作, and so names none.
  private func hasCount(_ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while let next = text.firstOffset(of: "个", in: at..<range.upperBound) {
      if CharacterClass(text.scalar(before: next).value) == .digit { return true }
      at = next + 3
    }
    return false
  }

  private func startsWithNumber(_ range: Range<Int>) -> Bool {
    CharacterClass(text.scalar(at: range.lowerBound).value) == .digit
      || text.width(ofAny: ["多项", "一批", "两个", "三个", "各项", "首批"], at: range.lowerBound) > 0
  }

  /// Where the run of characters, letters and digits ends in which `start` lies.
  private func phraseEnd(from start: Int, in part: Range<Int>) -> Int {
    var at = start
    while at < part.upperBound {
      let scalar = text.scalar(at: at)
      guard [.han, .letter, .digit].contains(CharacterClass(scalar.value)) else { break }
      at += scalar.width
    }
    return at
  }
}
