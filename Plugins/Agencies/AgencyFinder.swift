import DuikouText

/// Finds the agencies that a document names: a division and, right behind it, a body.
///
/// Agencies behind a full name of a division come first. Those behind a short word (市文旅局), in a
/// list (农牧局、文旅局) or with a shared body (北京市与内蒙古自治区政府) lean on them.
struct AgencyFinder {
  let grammar: AgencyGrammar
  let text: SourceText
  /// In the order of the text.
  let anchors: [Anchor]
  private var mentions: [AgencyMention] = []

  init(grammar: AgencyGrammar, text: SourceText, anchors: [Anchor]) {
    self.grammar = grammar
    self.text = text
    self.anchors = anchors
  }

  /// The mentions in parts of the text, in their order.
  static func mentions(
    in text: SourceText, parts: [Range<Int>], anchors: [Anchor], grammar: AgencyGrammar
  ) -> [AgencyMention] {
    var finder = AgencyFinder(grammar: grammar, text: text, anchors: anchors)
    finder.findNamed()
    for part in parts { finder.findNational(part) }
    finder.findListed(behind: finder.mentions)
    let known = finder.mentions.count
    for part in parts { finder.findBehindWords(part) }
    finder.findListed(behind: Array(finder.mentions[known...]))
    finder.findSharingBody()
    return finder.mentions.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// 赤峰市敖汉旗 + 旅游局.
  private mutating func findNamed() {
    for (index, anchor) in anchors.enumerated() {
      let end = anchor.range.upperBound
      let hasLevel = text.width(ofAny: Self.levels, at: text.scalarStart(before: end)) > 0
      guard let match = grammar.body(in: text, at: end, hasLevel: hasLevel) else { continue }
      let parent = index > 0 ? anchors[index - 1] : nil
      let touches = parent?.range.upperBound == anchor.range.lowerBound
      let isParent = touches && parent?.division.code == anchor.division.parent
      var start = (isParent ? parent?.range : nil)?.lowerBound ?? anchor.range.lowerBound
      if match.body.name.hasPrefix("中共"), text.has("中共", before: start) { start -= 6 }
      var mention = AgencyMention(
        range: start..<match.end, division: anchor.division,
        body: match.body.fitting(anchor.division), basis: anchor.isReference ? .word : .name)
      mention.isBehindParent = anchor.isReference ? nil : isParent
      mention.parentName = isParent ? parent?.division.name ?? "" : ""
      mentions.append(mention)
    }
  }

  /// 国务院.
  private mutating func findNational(_ part: Range<Int>) {
    for (start, match) in grammar.nationalBodies(in: text, range: part)
    where !isTaken(start..<match.end) {
      mentions.append(
        AgencyMention(
          range: start..<match.end, division: .nation, body: match.body, basis: .nation))
    }
  }

  /// 农牧局 + 、 + 文旅体局: the second one belongs to the division of the first. Somebody's title and
  /// name may stand before 、.
  private mutating func findListed(behind mentions: [AgencyMention]) {
    for first in mentions where first.division.code != 0 {
      var last = first
      while let next = listed(behind: last) {
        self.mentions.append(next)
        last = next
      }
    }
  }

  /// 市 + 文旅局: the city that has such an agency, or that was named last.
  private mutating func findBehindWords(_ part: Range<Int>) {
    let named = mentions
    for match in Self.words.matches(in: text, range: part) {
      guard !isTaken(match.range), !anchors.contains(where: { $0.range.overlaps(match.range) }),
        text.width(ofAny: Self.notBefore, at: text.scalarStart(before: match.start)) == 0,
        let body = grammar.body(in: text, at: match.end, hasLevel: true),
        let division = division(called: text.string(match.range), with: body.body, at: match, named)
      else { continue }
      mentions.append(
        AgencyMention(
          range: match.start..<body.end, division: division, body: body.body.fitting(division),
          basis: .word))
    }
  }

  /// 北京市 + 与 + 内蒙古自治区政府: both have the body.
  private mutating func findSharingBody() {
    for mention in mentions where mention.basis == .name {
      var start = mention.range.lowerBound
      while let separator = text.listSeparator(before: start), separator.kind != .comma,
        let other = anchors.first(where: { $0.range.upperBound == start - separator.width }),
        !other.isReference, other.division.level == mention.division.level,
        mention.body.suits(other.division)
      {
        let range = other.range.lowerBound..<mention.range.upperBound
        mentions.append(
          AgencyMention(
            range: range, division: other.division, body: mention.body.fitting(other.division),
            basis: .sharedBody))
        start = other.range.lowerBound
      }
    }
  }
}

extension AgencyFinder {
  /// What names of divisions end in, and what stands for them.
  private static let levels = ["省", "市", "区", "盟", "旗", "县", "州"]
  private static let words = Lexicon(levels.map { ($0, 0) })
  /// What stands in front of such a word when it means no single division.
  private static let notBefore =
    levels + ["各", "两", "三", "四", "五", "六", "多", "几", "个", "等", "地", "城", "景", "社", "园", "新", "小"]
    + ["加", "联", "同", "国", "红", "开", "发", "库", "山", "灾", "牧"]
  /// How many characters of a title and a name may stand between an agency and 、.
  private static let longestTitleAndName = 9

  private func isTaken(_ range: Range<Int>) -> Bool {
    mentions.contains { $0.range.overlaps(range) }
  }

  private func listed(behind first: AgencyMention) -> AgencyMention? {
    var end = first.range.upperBound
    var separator = text.listSeparator(at: end)
    if separator == nil {
      end = listMark(after: end)
      separator = text.listSeparator(at: end)
    }
    guard let separator, separator.kind != .comma else { return nil }
    let start = end + separator.width
    guard let match = grammar.body(in: text, at: start, hasLevel: false),
      !isTaken(start..<match.end)
    else { return nil }
    var mention = AgencyMention(
      range: start..<match.end, division: first.division,
      body: match.body.fitting(first.division), basis: .list)
    mention.isBehindParent = first.isBehindParent
    mention.parentName = first.parentName
    return mention
  }

  /// The next 、 behind a title and a name; the text's end where other signs come first.
  private func listMark(after offset: Int) -> Int {
    var at = offset
    for _ in 0...Self.longestTitleAndName {
      let scalar = text.scalar(at: at)
      let kind = CharacterClass(scalar.value)
      if kind == .listMark { return at }
      guard kind == .han else { break }
      at += scalar.width
    }
    return text.count
  }

  /// The division that `word` stands for: one with such an agency first, then the one named last
  /// before the word, then the only one there is.
  private func division(
    called word: String, with body: Body, at match: LexiconMatch, _ named: [AgencyMention]
  ) -> Anchor.Division? {
    let holders = named.filter { $0.division.isCalled(word) && $0.body.name == body.name }
    let holder = holders.last { $0.range.upperBound <= match.start } ?? holders.first
    if let holder { return holder.division }
    let fitting = anchors.filter { $0.division.isCalled(word) }
    if let last = fitting.last(where: { $0.range.upperBound <= match.start }) {
      return last.division
    }
    return Set(fitting.map(\.division)).count == 1 ? fitting.first?.division : nil
  }
}

extension Body {
  /// The body as the division calls it: a league has an 行政公署 where others have a 人民政府.
  func fitting(_ division: Anchor.Division) -> Body {
    guard name == "{}人民政府", division.name.hasSuffix("盟") else { return self }
    return Body(name: "{}行政公署", sector: sector)
  }

  /// Whether the division may have such a body: a 厅 is a province's, and no municipality has one.
  func suits(_ division: Anchor.Division) -> Bool {
    !name.hasSuffix("厅") || !division.name.hasSuffix("市")
  }
}
