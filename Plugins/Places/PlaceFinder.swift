import DuikouText

/// Finds the divisions that a document names.
///
/// Names that are nobody else's count at once. The others wait until it is known what else the
/// document names: 朝阳区 is Beijing's in a document about Beijing. Words such as 自治区 come last.
struct PlaceFinder {
  let gazetteer: Gazetteer
  let text: SourceText
  /// When the text was written; nil where nobody knows.
  let year: Int?

  /// The mentions so far, in the order of the text within each step.
  private var mentions: [PlaceMention] = []
  /// With how many mentions were known where they stand.
  private var waiting: [(range: Range<Int>, readings: [Reading], known: Int)] = []
  private var references: [(range: Range<Int>, endings: [String])] = []
  /// Indices of the divisions that are named for sure.
  private var named: Set<Int> = []
  /// The mention of who signs the document.
  private var signature: Int?
  /// Those that the document is about by what it says, 京蒙.
  private var hinted: Set<Int> = []

  init(gazetteer: Gazetteer, text: SourceText, year: Int?) {
    self.gazetteer = gazetteer
    self.text = text
    self.year = year
  }

  /// The mentions in parts of the text, in their order.
  static func mentions(
    in text: SourceText, parts: [Range<Int>], gazetteer: Gazetteer, year: Int?
  ) -> [PlaceMention] {
    var finder = PlaceFinder(gazetteer: gazetteer, text: text, year: year)
    for part in parts { finder.read(part) }
    finder.settleWaiting()
    finder.mentions.sort { $0.range.lowerBound < $1.range.lowerBound }
    finder.resolveReferences()
    return finder.mentions.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func read(_ part: Range<Int>) {
    for match in gazetteer.lexicon.matches(in: text, range: part) {
      guard let (range, surface) = wholeWord(match) else { continue }
      switch surface {
      case .name(let readings):
        if !text.isStreet(at: range.upperBound) { settle(valid(readings), at: range) }
      case .reference(let endings): references.append((range, endings))
      case .hint(let divisions): hinted.formUnion(divisions)
      case .word: break
      }
    }
  }

  /// The readings of the text's time; all where there are none.
  private func valid(_ readings: [Reading]) -> [Reading] {
    guard readings.count > 1, let year else { return readings }
    let valid = readings.filter { $0.years.contains(year) }
    return valid.isEmpty ? readings : valid
  }

  /// Takes a name whose neighbours say which division it is; lets it wait otherwise.
  private mutating func settle(_ readings: [Reading], at range: Range<Int>) {
    let previous = mentions.last
    let touches = previous?.range.upperBound == range.lowerBound
    let below = touches ? readings.filter { isBelow($0, previous) } : []
    if below.count == 1 {
      add(below[0], range, .ancestorInFront)
    } else if below.count > 1 {
      waiting.append((range, below, mentions.count))
    } else if let reading = readings.first(where: { $0.demand == .nothing }) {
      add(reading, range, .name)
    } else if touches {
      return
    } else if let sibling = previous, isListed(range, behind: sibling),
      let reading = readings.first(where: { isSibling($0, sibling) })
    {
      add(reading, range, .list)
    } else {
      waiting.append((range, readings, mentions.count))
    }
  }

  /// Decides the names that waited, by what the document names for sure: first those that need a
  /// division above or beside them, then those that need their own full name, or are it and need the division
  /// right above.
  private mutating func settleWaiting() {
    for (range, readings, known) in waiting {
      let nested = readings.filter { $0.demand == .ancestor }
      if let reading = nearest(nested, at: range, known: known) ?? best(nested) {
        add(reading, range, .document)
      }
    }
    for (range, readings, _) in waiting {
      let anchored = readings.first { reading in
        let division = gazetteer.divisions[reading.division]
        let isFullName = division.name.utf8.count == range.count
        return reading.demand == .anchor
          && (named.contains(reading.division)
            || (isFullName || sharesLevel(range, of: division)) && isNamed(code: division.parent))
      }
      if let anchored { add(anchored, range, .document) }
    }
  }

  /// Whether the level behind a list is that of a short name in it: 东城、西城两区.
  private func sharesLevel(_ range: Range<Int>, of division: Division) -> Bool {
    var at = range.upperBound
    guard let level = division.name.last.map(String.init),
      text.listSeparator(at: at) != nil || text.width(ofAny: Self.numerals, at: at) > 0
    else { return false }
    while at - range.upperBound <= Self.longestList {
      let width = text.width(ofAny: Self.numerals, at: at)
      if width > 0 { return text.has(level, at: at + width) }
      let scalar = text.scalar(at: at)
      guard [.han, .listMark].contains(CharacterClass(scalar.value)) else { return false }
      at += scalar.width
    }
    return false
  }

  private static let numerals = ["两", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
  /// Bytes of what stands between a name and the level of its list.
  private static let longestList = 60

  /// Gives each word such as 自治区 the division that was named last before it, or the only one.
  private mutating func resolveReferences() {
    var names = mentions[...]
    var lastNamed: [String: Int] = [:]
    /// Where something was done, 在北京举办; these count where there is no other.
    var lastAside: [String: Int] = [:]
    let implied = impliedRegion()
    signature = signature(among: mentions.count)
    var own: [Range<Int>] = []
    var other: Set<String> = []
    for (range, endings) in references where isReference(range) {
      while let name = names.first, name.range.upperBound <= range.lowerBound {
        let isAside = isAside(name.range)
        for ending in gazetteer.endings[name.division] {
          if isAside {
            lastAside[ending] = names.startIndex
          } else {
            lastNamed[ending] = names.startIndex
          }
        }
        names.removeFirst()
      }
      let named = endings.compactMap { lastNamed[$0] }.max()
      let aside = endings.compactMap { lastAside[$0] }.max().flatMap { aside in
        named.map { aside > $0 && isInSentence(mentions[aside].range, of: range) } ?? true
          ? aside : nil
      }
      let last = signed(endings, at: range) ?? aside ?? named
      if let division = last.map({ mentions[$0].division })
        ?? only(endings) ?? (endings == Self.region ? implied : nil)
      {
        if isJoinedToPart(of: division, behind: range, at: names.startIndex, own.count) {
          other.insert(text.string(range))
        }
        own.append(range)
        mentions.append(PlaceMention(range: range, division: division, basis: .reference))
      }
    }
    guard !other.isEmpty else { return }
    let known = mentions.count - own.count
    let kept = mentions[known...].filter { !other.contains(text.string($0.range)) }
    mentions.replaceSubrange(known..., with: kept)
  }

  /// Whether a name only says where something was done or from where: 在北京举办, 赴北京市. The sentence of 在北京，… is about it.
  private func isAside(_ range: Range<Int>) -> Bool {
    Self.asides.contains { text.has($0, before: range.lowerBound) }
      && CharacterClass(text.scalar(at: range.upperBound).value) != .clauseEnd
  }

  /// For 我市 and the like the division that signs the text, 赤峰市人民政府 in its last lines.
  private func signed(_ endings: [String], at word: Range<Int>) -> Int? {
    guard text.has("我", at: word.lowerBound), let signature else { return nil }
    let signs = gazetteer.endings[mentions[signature].division].contains(where: endings.contains)
    return signs && word.upperBound <= mentions[signature].range.lowerBound ? signature : nil
  }

  /// The last division of the last lines, which are no sentences.
  private func signature(among count: Int) -> Int? {
    let limit = text.scalarStart(before: max(0, text.count - Self.longestSignature) + 1)
    guard let last = (0..<count).last, mentions[last].range.lowerBound >= limit,
      text.firstOffset(of: "。", in: mentions[last].range.upperBound..<text.count) == nil,
      text.has("\n", before: mentions[last].range.lowerBound)
        || last > 0 && mentions[last - 1].range.upperBound == mentions[last].range.lowerBound
    else { return nil }
    return last
  }

  /// Bytes.
  private static let longestSignature = 150

  private func isInSentence(_ name: Range<Int>, of word: Range<Int>) -> Bool {
    let limit = max(0, word.lowerBound - Self.longestSentence)
    return text.sentenceStart(of: word.lowerBound, notBefore: limit) <= name.lowerBound
  }

  /// Bytes.
  private static let longestSentence = 300
  private static let asides = ["在", "赴", "距", "从", "自", "来自", "前往"]

  /// Whether 与 joins a word to a division of the one it would stand for: 我区与宁城县 is not Inner Mongolia with its
  /// county, wherever the document says so. `next` is the first name behind the word, of those before `added` words.
  private func isJoinedToPart(
    of division: Int, behind range: Range<Int>, at next: Int, _ added: Int
  ) -> Bool {
    guard next < mentions.count - added, let separator = text.listSeparator(at: range.upperBound),
      separator.kind == .word,
      mentions[next].range.lowerBound == range.upperBound + separator.width
    else { return false }
    let part = gazetteer.divisions[mentions[next].division]
    return part.lies(in: gazetteer.divisions[division].code)
  }

  /// The division with such an ending, if the document names just one.
  private func only(_ endings: [String]) -> Int? {
    let fitting = named.filter { !gazetteer.endings[$0].filter(endings.contains).isEmpty }
    return fitting.count == 1 ? fitting.first : nil
  }

  /// The autonomous region in which all lie that the document names in one: 自治区 beside 敖汉旗 is Inner Mongolia.
  private func impliedRegion() -> Int? {
    let codes = Set(named.map { gazetteer.divisions[$0].code / 10_000 * 10_000 })
    let regions = codes.filter(gazetteer.isAutonomous)
    guard regions.count == 1, let region = regions.first else { return nil }
    return gazetteer.divisions.firstIndex { $0.code == region }
  }

  private static let region = ["自治区"]

  private mutating func add(_ reading: Reading, _ range: Range<Int>, _ basis: PlaceMention.Basis) {
    mentions.append(PlaceMention(range: range, division: reading.division, basis: basis))
    named.insert(reading.division)
  }
}

extension PlaceFinder {
  /// What makes another word of the ending of a name, 市 + 场, and what does not although it begins
  /// like that, 市 + 面积.
  private static let continuations: [(ending: String, next: [String], but: [String])] = [
    ("区", ["域", "位", "间", "划", "块", "别", "隔"], ["位于", "位居", "位列", "位处"]),
    (
      "市", ["场", "民", "值", "况", "价", "容", "面"],
      ["民政", "民族", "民宗", "民委", "民间", "民俗", "民营", "面积", "面向", "面对", "面临"]
    ),
    ("县", ["域"], []), ("旗", ["帜", "袍", "舰"], []), ("盟", ["友", "约", "员"], ["友好", "友谊"]),
    ("省", ["会"], ["会同", "会议"]),
  ]

  /// A match without an ending that belongs to the next word, 北京 for 北京市场; nil where nothing
  /// of a name is left.
  private func wholeWord(_ match: LexiconMatch) -> (Range<Int>, Gazetteer.Surface)? {
    let taken = Self.continuations.first { continuation in
      text.has(continuation.ending, before: match.end)
        && text.width(ofAny: continuation.next, at: match.end) > 0
        && text.width(ofAny: continuation.but, at: match.end) == 0
    }
    guard let taken else { return (match.range, gazetteer.surface(match)) }
    let range = match.start..<(match.end - taken.ending.utf8.count)
    guard let value = gazetteer.lexicon.value(of: range, in: text) else { return nil }
    return (range, gazetteer.surfaces[Int(value)])
  }

  /// Whether a word stands for a division, unlike in 省、自治区、直辖市 and 自治区级.
  private func isReference(_ range: Range<Int>) -> Bool {
    !text.has("级", at: range.upperBound)
      && text.width(ofAny: ["、直辖市", "直辖市", "、市"], at: range.upperBound) == 0
      && !["各", "个", "族", "省", "省、"].contains { text.has($0, before: range.lowerBound) }
  }

  private func isBelow(_ reading: Reading, _ above: PlaceMention?) -> Bool {
    guard let above else { return false }
    return gazetteer.divisions[reading.division].lies(in: gazetteer.divisions[above.division].code)
  }

  private func isSibling(_ reading: Reading, _ other: PlaceMention) -> Bool {
    let other = gazetteer.divisions[other.division]
    return gazetteer.divisions[reading.division].parent == other.parent && other.parent != 0
  }

  private func isListed(_ range: Range<Int>, behind other: PlaceMention) -> Bool {
    let separator = text.listSeparator(at: other.range.upperBound)
    guard let separator, separator.kind != .comma else { return false }
    return other.range.upperBound + separator.width == range.lowerBound
  }

  /// The reading that the document speaks for most: by the division's own name, the one right above
  /// it, one beside it, one further above. nil where that speaks for several.
  private func best(_ readings: [Reading]) -> Reading? {
    let evidence: [(Division) -> Bool] = [
      { isNamed(code: $0.code) }, { isNamed(code: $0.parent) }, hasNamedSibling, hasNamedAncestor,
    ]
    for speaks in evidence {
      let fitting = readings.filter { speaks(gazetteer.divisions[$0.division]) }
      if !fitting.isEmpty { return fitting.count == 1 ? fitting[0] : nil }
    }
    return readings.count == 1 ? readings.first(where: hasNamedNeighbour) : nil
  }

  /// Whether the document names a division of the same province: 集宁 beside 二连浩特.
  private func hasNamedNeighbour(_ reading: Reading) -> Bool {
    let province = gazetteer.divisions[reading.division].code / 10_000
    return named.contains { gazetteer.divisions[$0].code / 10_000 == province }
  }

  /// Of several divisions with this full name the one that was named last before, or lies in what was.
  private func nearest(_ readings: [Reading], at range: Range<Int>, known: Int) -> Reading? {
    guard readings.count > 1 else { return nil }
    for mention in mentions[..<known].suffix(Self.mostBefore).reversed() {
      let fitting = readings.filter { reading in
        gazetteer.divisions[reading.division].name.utf8.count == range.count
          && (reading.division == mention.division || isBelow(reading, mention))
      }
      if !fitting.isEmpty { return fitting.count == 1 ? fitting[0] : nil }
    }
    return nil
  }

  private static let mostBefore = 8

  private func hasNamedSibling(_ division: Division) -> Bool {
    named.contains { gazetteer.divisions[$0].parent == division.parent && division.parent != 0 }
  }

  private func hasNamedAncestor(_ division: Division) -> Bool {
    isAbout { division.lies(in: $0.code) }
  }

  private func isNamed(code: UInt32) -> Bool {
    isAbout { $0.code == code }
  }

  /// Whether the document names, or is about, a division that fits.
  private func isAbout(_ fits: (Division) -> Bool) -> Bool {
    named.contains { fits(gazetteer.divisions[$0]) }
      || hinted.contains { fits(gazetteer.divisions[$0]) }
  }
}
