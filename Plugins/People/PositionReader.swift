import DuikouText

/// Reads what stands in front of a title: its agency, or a list that it continues.
struct PositionReader {
  let text: SourceText
  let surroundings: Surroundings
  /// By the end of the title.
  private let titles: [Int: Title]
  /// What was found before, by the end of the name.
  private var earlier: [(nameEnd: Int, positions: [Position])] = []

  init(text: SourceText, titles: [Title], surroundings: Surroundings) {
    self.text = text
    self.surroundings = surroundings
    self.titles = Dictionary(titles.map { ($0.range.upperBound, $0) }) { first, _ in first }
  }

  /// Remembers the positions of the person whose name ends at `nameEnd`: the next title may lean on
  /// them.
  mutating func note(_ positions: [Position], nameEnd: Int) {
    if !positions.isEmpty { earlier.append((nameEnd, positions)) }
  }

  /// The positions of whoever is named behind a title, up to `nameEnd`.
  func positions(of title: Title, nameEnd: Int) -> [Position] {
    chain(endingWith: title, atMost: Self.mostTitles).map { position in
      var position = position
      position.evidence = position.evidence.lowerBound..<nameEnd
      return position
    }
  }

  /// Whether the office before a title is that of a society or firm of its own: 北京旅游学会 + 副会长, 首旅集团投资部 + 总经理.
  private func isOfSociety(_ office: Range<Int>) -> Bool {
    Self.societies.contains { text.firstOffset(of: $0, in: office) != nil }
  }

  private static let societies = [
    "协会", "学会", "商会", "联合会", "促进会", "研究会", "基金会", "集团", "公司", "银行", "大学", "学院", "医院",
  ]

  /// The positions that end with a title, without a name.
  func positions(of title: Title) -> [Position] {
    chain(endingWith: title, atMost: Self.mostTitles)
  }

  /// The positions of somebody whose name begins the line that a title ends.
  func positions(of title: Title, inRowOf name: Range<Int>) -> [Position] {
    chain(endingWith: title, atMost: Self.mostTitles).map { position in
      var position = position
      position.evidence = name.lowerBound..<title.range.upperBound
      return position
    }
  }

  /// The position of somebody named before her title: 北京市扶贫支援办 + 汪兆龙 + 副主任.
  func positions(of title: Title, behindName name: Range<Int>) -> [Position] {
    guard !title.kind.isNoPosition else { return [] }
    let agency = surroundings.agency(endingAt: name.lowerBound)
    return [
      Position(
        title: text.string(title.range), agency: agency?.agency.reference,
        division: agency?.agency.division ?? 0,
        evidence: (agency?.range ?? name).lowerBound..<title.range.upperBound, isElided: false)
    ]
  }

  /// The positions that a title ends: its own, and before it those of the titles to which it is
  /// joined, as in 区委副书记、区长.
  private func chain(endingWith title: Title, atMost count: Int) -> [Position] {
    guard !title.kind.isNoPosition, count > 0 else { return [] }
    if let own = ownPosition(title) { return before(own.start, own.position, count) }
    let start = listStart(before: title.range.lowerBound)
    let position = position(start..<title.range.upperBound)
    guard title.kind != .free, title.kind != .national,
      !isOfSociety(start..<title.range.lowerBound),
      let separator = text.listSeparator(before: start)
    else { return before(start, position, count) }
    let end = text.skippingBracketsBack(from: start - separator.width)
    if let joined = titles[end] {
      let others = chain(endingWith: joined, atMost: count - 1)
      return others + [leaning(position, title.kind, on: others.last)]
    }
    return [leaning(position, title.kind, on: neighbour(before: end, separator))]
  }

  /// A position, and before it those of a title that stands in front of `start` with a separator.
  private func before(_ start: Int, _ position: Position, _ count: Int) -> [Position] {
    guard let separator = text.listSeparator(before: start), separator.kind != .word,
      let joined = titles[text.skippingBracketsBack(from: start - separator.width)]
    else { return [position] }
    return chain(endingWith: joined, atMost: count - 1) + [position]
  }

  /// The position of a title with an agency or a division right in front, and where its words begin.
  private func ownPosition(_ title: Title) -> (start: Int, position: Position)? {
    let start = title.range.lowerBound
    // 旗长 and 局长 may share their first character with what they head.
    let ends = [start, text.has("长", before: title.range.upperBound) ? start + 3 : start]
    let agencyEnds = ends + [text.skippingBracketsBack(from: start, longest: Self.longestRemark)]
    if let mention = agencyEnds.lazy.compactMap({ surroundings.agency(endingAt: $0) }).first {
      return (mention.range.lowerBound, position(title, of: mention, titleStart: start))
    }
    let placeEnds = title.kind == .government ? ends : [start]
    if let place = placeEnds.lazy.compactMap({ surroundings.place(endingAt: $0) }).first {
      return (place.range.lowerBound, position(title, of: place))
    }
    if let mention = surroundings.agency(standingFor: start, in: text) {
      return (start - 3, position(title, like: mention))
    }
    if let office = officeStart(before: start), let mention = surroundings.agency(endingAt: office)
    {
      return (mention.range.lowerBound, position(title, of: mention, titleStart: office))
    }
    return nil
  }

  /// 市农业农村局 + 支援协作处 + 处长: where the office inside the agency begins.
  private func officeStart(before offset: Int) -> Int? {
    guard text.width(ofAny: Self.officeEndings, at: text.scalarStart(before: offset)) > 0 else {
      return nil
    }
    var at = offset
    for _ in 0..<Self.longestOffice {
      guard CharacterClass(text.scalar(before: at).value) == .han else { return nil }
      at = text.scalarStart(before: at)
      if surroundings.agency(endingAt: at) != nil { return at }
    }
    return nil
  }

  /// 、 + 统战部 + 部长: where the office begins that only a separator stands before; `offset` itself
  /// where there is none.
  private func listStart(before offset: Int) -> Int {
    guard text.width(ofAny: Self.officeEndings, at: text.scalarStart(before: offset)) > 0 else {
      return offset
    }
    var at = offset
    for _ in 0..<Self.longestOffice {
      if let separator = text.listSeparator(before: at), separator.kind != .word { return at }
      guard CharacterClass(text.scalar(before: at).value) == .han else { return offset }
      at = text.scalarStart(before: at)
    }
    return offset
  }

  private static let officeEndings = ["处", "科", "室", "部", "站", "组", "司", "办", "心", "队", "会"]
  /// In characters.
  private static let longestOffice = 14
  /// Of the brackets between an agency and a title, （以下简称北京市扶贫支援办）, in bytes.
  private static let longestRemark = 90
  /// How many bytes of a sentence a title looks back for a neighbour.
  private static let longestReach = 600
  /// How many titles one person bears at most.
  private static let mostTitles = 8

  private func position(
    _ title: Title, of mention: Surroundings.AgencyMention, titleStart: Int
  ) -> Position {
    Position(
      title: text.string(titleStart..<title.range.upperBound), agency: mention.agency.reference,
      division: mention.agency.division,
      evidence: mention.range.lowerBound..<title.range.upperBound, isElided: false)
  }

  /// 厅 + 党组成员: at the agency that the word stands for.
  private func position(_ title: Title, like mention: Surroundings.AgencyMention) -> Position {
    Position(
      title: text.string(title.range), agency: mention.agency.reference,
      division: mention.agency.division,
      evidence: title.range.lowerBound - 3..<title.range.upperBound,
      isElided: true)
  }

  /// The head of a division: of its government where the document names that.
  private func position(_ title: Title, of place: Surroundings.PlaceMention) -> Position {
    let isHead = title.kind == .government || title.kind == .chair
    let government = isHead ? surroundings.government(of: place.division) : nil
    let start = government == nil ? place.range.lowerBound : title.range.lowerBound
    return Position(
      title: text.string(start..<title.range.upperBound), agency: government?.reference,
      division: place.division, evidence: place.range.lowerBound..<title.range.upperBound,
      isElided: government != nil)
  }

  private func position(_ title: Range<Int>) -> Position {
    Position(
      title: text.string(title), agency: nil, division: 0, evidence: title, isElided: false)
  }

  /// A title without an agency of its own: it takes that of its neighbour, or the government of the
  /// neighbour's division.
  private func leaning(
    _ position: Position, _ kind: TitleTable.Kind, on neighbour: Position?
  ) -> Position {
    guard let neighbour else { return position }
    var position = position
    position.division = neighbour.division
    let isHead =
      kind == .government || kind == .chair && surroundings.isParty(neighbour.agency)
    position.agency =
      isHead
      ? surroundings.government(of: neighbour.division)?.reference : neighbour.agency
    position.isElided = position.agency != nil
    return position
  }

  /// The last position of the person named before `end`: right there behind 、, in the same
  /// sentence behind a comma.
  private func neighbour(before end: Int, _ separator: ListSeparator) -> Position? {
    let last = earlier.last { $0.nameEnd <= end }
    guard let last else { return nil }
    let start = text.sentenceStart(of: end, notBefore: max(end - Self.longestReach, 0))
    let isNear = separator.kind == .comma ? last.nameEnd >= start : last.nameEnd == end
    return isNear ? last.positions.last : nil
  }
}
