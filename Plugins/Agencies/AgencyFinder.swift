import DuikouText

/// Finds the agencies that a document names: a division and, right behind it, a body.
///
/// Agencies behind a full name of a division come first. Those behind a short word (市文旅局), in a
/// list (农牧局、文旅局) or with a shared body (北京市与内蒙古自治区政府) lean on them.
struct AgencyFinder {
  let grammar: AgencyGrammar
  let text: SourceText
  let anchors: AnchorIndex
  private var mentions: [AgencyMention] = []
  /// Where they stand.
  private var taken: OffsetSet

  init(grammar: AgencyGrammar, text: SourceText, anchors: [Anchor]) {
    self.grammar = grammar
    self.text = text
    self.anchors = AnchorIndex(anchors, words: Self.levels, count: text.count)
    taken = OffsetSet(count: text.count)
  }

  /// The mentions in parts of the text, in their order.
  static func mentions(
    in text: SourceText, parts: [Range<Int>], anchors: [Anchor], grammar: AgencyGrammar
  ) -> [AgencyMention] {
    var finder = AgencyFinder(grammar: grammar, text: text, anchors: anchors)
    finder.findNamed()
    for part in parts { finder.findTownships(part) }
    for part in parts { finder.findNational(part) }
    finder.findListed(behind: finder.mentions)
    let known = finder.mentions.count
    finder.findBehindWords(parts)
    finder.findListed(behind: Array(finder.mentions[known...]))
    finder.findSharingBody()
    return finder.mentions.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// 赤峰市敖汉旗 + 旅游局.
  private mutating func findNamed() {
    for anchor in anchors.anchors {
      let end = anchor.range.upperBound
      let hasLevel = text.width(ofAny: Self.levels, at: text.scalarStart(before: end)) > 0
      guard let match = grammar.body(in: text, at: end, hasLevel: hasLevel),
        !text.has("共青团", before: anchor.range.lowerBound)
      else { continue }
      let parent = anchors.anchor(endingAt: anchor.range.lowerBound)
      let isParent = parent != nil && parent?.division.code == anchor.division.parent
      var start = (isParent ? parent?.range : nil)?.lowerBound ?? anchor.range.lowerBound
      if match.body.name.hasPrefix("中共"), text.has("中共", before: start) { start -= 6 }
      var mention = AgencyMention(
        range: start..<match.end, division: anchor.division,
        body: match.body.fitting(anchor.division), basis: anchor.isReference ? .word : .name)
      mention.isBehindParent = anchor.isReference ? nil : isParent
      mention.parentName = isParent ? parent?.division.name ?? "" : ""
      add(mention)
    }
  }

  /// 国务院.
  private mutating func findNational(_ part: Range<Int>) {
    for (start, match) in grammar.nationalBodies(in: text, range: part)
    where !taken.overlaps(start..<match.end) {
      add(
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
        add(next)
        last = next
      }
    }
  }

  /// 市 + 文旅局: the city that stands before it in a list, that has such an agency, or that was named
  /// last. 林西县 + 县委: the county in front.
  private mutating func findBehindWords(_ parts: [Range<Int>]) {
    let holders = BodyHolders(mentions, words: Self.levels)
    /// Those with a body behind a word so far, by the body and the word.
    var said: [String: Anchor.Division] = [:]
    var owners = Dictionary(mentions.map { ($0.range.upperBound, $0.division) }) { $1 }
    for match in parts.flatMap({ Self.words.matches(in: text, range: $0) }) {
      guard !anchors.overlaps(match.range), !taken.overlaps(match.range),
        let body = grammar.body(in: text, at: match.end, hasLevel: true)
      else { continue }
      let word = text.string(match.range)
      let isHelper = word == "市" && body.body.name.contains("支援合作")
      let front = anchors.anchor(endingAt: match.start)
      let owner = front?.division.isCalled(word) == true ? front : nil
      let isWord =
        text.width(ofAny: Self.notBefore, at: text.scalarStart(before: match.start)) == 0
        || Self.joining.contains { text.has($0, before: match.start) }
      let listed = listOwner(before: match.start, owners).flatMap { $0.isCalled(word) ? $0 : nil }
      let named =
        isWord
        ? listed ?? (isHelper ? anchors.helper : nil)
          ?? holders.last(of: body.body, called: word, before: match.start)
          ?? said[word + body.body.name]
          ?? division(called: word, with: body.body, at: match.start, holders) : nil
      guard let division = owner?.division ?? named else { continue }
      owners[body.end] = division
      said[word + body.body.name] = division
      add(
        AgencyMention(
          range: (owner?.range.lowerBound ?? match.start)..<body.end, division: division,
          body: body.body.fitting(division), basis: owner == nil ? .word : .name))
    }
  }

  /// 北京市委 + 书记、: whose body stands before `offset` in a list; a title may stand between.
  /// `owners` are the divisions by the ends of their bodies.
  private func listOwner(
    before offset: Int, _ owners: [Int: Anchor.Division]
  ) -> Anchor.Division? {
    guard let separator = text.listSeparator(before: offset), separator.kind != .comma else {
      return nil
    }
    var at = offset - separator.width
    for _ in 0..<Self.longestTitles {
      if let owner = owners[at] { return owner }
      let scalar = text.scalar(before: at)
      guard [.han, .listMark].contains(CharacterClass(scalar.value)) else { return nil }
      at -= scalar.width
    }
    return nil
  }

  /// 北京市 + 与 + 内蒙古自治区政府: both have the body.
  private mutating func findSharingBody() {
    for mention in mentions where mention.basis == .name {
      var start = mention.range.lowerBound
      while let separator = text.listSeparator(before: start), separator.kind != .comma,
        let other = anchors.anchor(endingAt: start - separator.width),
        !other.isReference, other.division.level == mention.division.level,
        mention.body.suits(other.division)
      {
        let range = other.range.lowerBound..<mention.range.upperBound
        add(
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
    + ["治", "加", "联", "同", "国", "红", "开", "发", "库", "山", "灾", "牧"]
  /// What may stand in front of it although it ends in one of those.
  private static let joining = ["会同", "协同", "联同"]
  /// How many characters of titles and names may stand between the bodies of a list.
  private static let longestTitles = 24
  /// Sectors of the bodies whose short names, 人大 and 政协, mean nothing else.
  private static let assemblies = ["congress", "consultation"]
  /// Sectors of the bodies whose short names, 政府 and 党委, mean any of them as well.
  private static let common = ["government", "party"]
  /// Titles that show whose 政府 it is.
  private static let heads =
    ["副", "常务", "主席", "省长", "市长", "区长", "盟长", "旗长", "县长", "党组"]

  mutating func add(_ mention: AgencyMention) {
    mentions.append(mention)
    taken.insert(mention.range)
  }

  /// The next body in the sentence that stands behind 、 or 和. Titles and names may stand between;
  /// behind a comma only congress and consultative conference are believed.
  private func listed(behind first: AgencyMention) -> AgencyMention? {
    var at = first.range.upperBound
    var isSameClause = true
    for _ in 0..<Self.longestTitles {
      if let separator = text.listSeparator(at: at) {
        let isNext = at == first.range.upperBound && separator.kind != .comma
        isSameClause = isSameClause && separator.kind != .comma
        let start = at + separator.width
        if let match = grammar.body(in: text, at: start, hasLevel: false) {
          let sector = match.body.sector
          let isOwn =
            !Self.common.contains(sector)
            || text.width(ofAny: Self.heads, at: match.end) > 0
          let isListed = separator.kind == .mark && isSameClause && isOwn
          if isNext || isListed || Self.assemblies.contains(sector) {
            let range = start..<match.end
            return taken.overlaps(range) ? nil : mention(at: range, body: match.body, like: first)
          }
        }
      }
      let scalar = text.scalar(at: at)
      switch CharacterClass(scalar.value) {
      case .han, .listMark, .clauseEnd: at += scalar.width
      default: return nil
      }
      if taken.overlaps(at..<at + 1) { return nil }
    }
    return nil
  }

  private func mention(
    at range: Range<Int>, body: Body, like first: AgencyMention
  ) -> AgencyMention {
    var mention = AgencyMention(
      range: range, division: first.division, body: body.fitting(first.division), basis: .list)
    mention.isBehindParent = first.isBehindParent
    mention.parentName = first.parentName
    return mention
  }

  /// 市委 behind 北京市挂职干部, in a text that begins with 锡林浩特市: that of the text, where Beijing is not named as one that
  /// acts.
  private func home(called word: String, before offset: Int) -> Anchor.Division? {
    guard word == "市", let last = anchors.lastAnchor(called: word, before: offset),
      last.division.code == 110_000, !taken.overlaps(last.range),
      let first = anchors.firstAnchor(called: word), first.division.code != last.division.code
    else { return nil }
    return first.division
  }

  /// The division that `word` stands for at `offset`, where none named before has such an agency: the one named last
  /// before it, one with such an agency behind it, the only one there is.
  private func division(
    called word: String, with body: Body, at offset: Int, _ holders: BodyHolders
  ) -> Anchor.Division? {
    home(called: word, before: offset) ?? anchors.last(called: word, before: offset)
      ?? holders.first(of: body, called: word) ?? anchors.only(called: word)
      ?? anchors.above(called: word)
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
