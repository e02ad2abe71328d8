import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds pairings, sentence by sentence.
///
/// A verb takes whom it finds before it as the helper and the next divisions behind it as the helped; verbs
/// without a helper, such as 增加, go on with the one before. Divisions of both sides that are named together, or of
/// which one visits the other, are a pair where the sentence speaks of pairing.
struct PairingFinder {
  let document: NormalDocument
  let words: PairingWords
  let sides: Sides
  let divisions: [UInt32: Division]
  var found: [Pairing] = []
  /// The helpers of the last verb.
  var helpers: [Division] = []

  /// Bytes between a verb and what belongs to it.
  static let reach = 30
  /// Bytes between two sides of a pair of which the second follows 与.
  private static let subjectReach = 240
  /// How sure each kind of sentence is.
  static let confidence = (verb: 0.93, elided: 0.88, coordination: 0.86, visit: 0.8)

  static func pairings(
    in document: NormalDocument, words: PairingWords, sides: Sides
  ) -> [Pairing] {
    let found = words.found(in: document)
    guard !found.isEmpty else { return [] }
    var finder = PairingFinder(document, words, sides)
    let all = SentenceItems(document, words: words, found: found)
    for sentence in all.sentences() {
      let items = all.items(of: sentence)
      finder.readVerbs(items)
      finder.readBonds(items)
      finder.readCounts(items)
      finder.readLists(items)
      finder.readTwo(items, in: sentence, all)
    }
    finder.readRows(all)
    return finder.merged()
  }

  private init(_ document: NormalDocument, _ words: PairingWords, _ sides: Sides) {
    self.document = document
    self.words = words
    self.sides = sides
    let rows = document.document.rows(dk_place.self)
    divisions = Dictionary(
      rows.map { ($0.row.code, Division(reference: $0.reference.row, code: $0.row.code)) }
    ) { first, _ in first }
  }

  /// 从1996年开始,京蒙两地结为对口帮扶关系.
  private mutating func readBonds(_ items: [PairingItem]) {
    var date: (day: Int32, range: Range<Int>)?
    var pair: (helper: Division, helped: Division, range: Range<Int>)?
    var bind: Range<Int>?
    for item in items {
      switch item {
      case .date(let day, _, let range): date = (day, range)
      case .bothSides(let range):
        if let beijing = divisions[110_000], let mongolia = divisions[150_000] {
          pair = (beijing, mongolia, range)
        }
      case .divisions(let list, _, let range):
        let helpers = list.filter { sides[$0.code] == .helper }
        let helped = list.filter { sides[$0.code] == .helped }
        if helpers.count == 1, helped.count == 1 { pair = (helpers[0], helped[0], range) }
      case .word(.bind, let range): bind = range
      case .word(.relation, let range):
        guard let bound = bind, let both = pair, range.lowerBound - bound.upperBound <= Self.reach,
          bound.lowerBound >= both.range.upperBound,
          bound.lowerBound - both.range.upperBound <= Self.reach
        else { continue }
        var pairing = Pairing(
          helper: both.helper, helped: both.helped, confidence: Self.confidence.verb,
          evidence: min(both.range.lowerBound, date?.range.lowerBound ?? .max)..<range.upperBound)
        pairing.since = date?.day
        pairing.kind = words.kind(of: range, in: document.text)
        found.append(pairing)
        pair = nil
      default: break
      }
    }
  }

  /// 大兴区与察右前旗、正镶白旗分别签订《2024年东西部协作协议》; 库伦旗代表团到密云区对接.
  private mutating func readLists(_ items: [PairingItem]) {
    let speaksOfPairing = items.contains(where: \.speaksOfPairing)
    let known = found.count
    defer {
      setKind(of: known..., by: items)
      setSince(of: known..., by: items)
    }
    let visits = items.filter { $0.isWord(.visit) }
    let eaches = items.filter { $0.isWord(.each) }
    /// The last list that has counties of one side only, for each side.
    var last: [Sides.Side: (counties: [Division], range: Range<Int>)] = [:]
    for (index, item) in items.enumerated() {
      guard case .divisions(let list, _, let range) = item else { continue }
      let (helpers, helped) = split(list)
      if !helpers.isEmpty, !helped.isEmpty {
        let next = items[(index + 1)...].first
        if speaksOfPairing || isJoint(next, at: range.upperBound) {
          readMixed(list, range, isEach: isEachBehind(next, range.upperBound))
        }
        continue
      }
      guard let side = (helpers + helped).first.flatMap({ sides[$0.code] }) else { continue }
      last[side] = (helpers + helped, range)
      guard speaksOfPairing, let other = last[side == .helper ? .helped : .helper] else { continue }
      let between = other.range.upperBound..<range.lowerBound
      let isEach = !eaches.beginning(in: between).isEmpty
      let isSingle = min(helpers.count + helped.count, other.counties.count) == 1
      guard isEach || isSingle,
        let confidence = link(between, visits) ?? passive(between, items[(index + 1)...].first)
      else { continue }
      addPairs(
        side == .helper ? helpers : other.counties, side == .helper ? other.counties : helped,
        isEach: isEach, confidence, other.range.lowerBound..<range.upperBound)
    }
  }

  /// Gives pairs of lists the kind of which their sentence speaks.
  private mutating func setKind(of added: PartialRangeFrom<Int>, by items: [PairingItem]) {
    guard added.lowerBound < found.count,
      let kind = words.kind(of: items, in: document.text)
    else { return }
    for index in found[added].indices { found[index].kind = kind }
  }

  /// Whether an item says that those before it do something together.
  private func isJoint(_ item: PairingItem?, at offset: Int) -> Bool {
    guard let item else { return false }
    return item.isWord(.joint) && item.range.lowerBound == offset
  }

  /// How sure it is that two lists are a pair, by what stands between them.
  private func link(_ between: Range<Int>, _ visits: [PairingItem]) -> Double? {
    if let visit = visits.beginning(in: between).first {
      let before = between.lowerBound..<max(between.lowerBound, visit.range.lowerBound)
      return isOfSchool(before) ? nil : Self.confidence.visit
    }
    if isOfPart(between) { return nil }
    let text = document.text
    let isJoined = Self.joining.contains { text.has($0, before: between.upperBound) }
    let isReached = isJoined && between.count <= Self.subjectReach
    return isReached || isDash(between) ? Self.confidence.visit : nil
  }

  /// The counties of a list by their side, each once.
  func split(_ list: [Division]) -> (helpers: [Division], helped: [Division]) {
    var seen: Set<Division> = []
    let counties = list.filter { $0.isCounty && seen.insert($0).inserted }
    return (
      counties.filter { sides[$0.code] == .helper }, counties.filter { sides[$0.code] == .helped }
    )
  }

  mutating func addPairs(
    _ helpers: [Division], _ helped: [Division], isEach: Bool = false, _ confidence: Double,
    _ range: Range<Int>
  ) {
    found += pairs(helpers, helped, isEach: isEach).map { helper, division in
      Pairing(helper: helper, helped: division, confidence: confidence, evidence: range)
    }
  }

  /// Who helps whom of two lists: where one has a single division, it and all of the other; where each has one, the
  /// first and the first, and so on. `list` is where the helped stand: 奈曼旗和库伦旗、开鲁县 are two groups.
  func pairs(
    _ helpers: [Division], _ helped: [Division], isEach: Bool, in list: Range<Int>? = nil
  ) -> [(helper: Division, helped: Division)] {
    if isEach, helpers.count == helped.count { return Array(zip(helpers, helped)) }
    if isEach, let list, let groups = groups(of: helped, in: list), groups.count == helpers.count {
      return zip(helpers, groups).flatMap { helper, group in group.map { (helper, $0) } }
    }
    guard min(helpers.count, helped.count) == 1 else { return [] }
    return helpers.flatMap { helper in helped.map { (helper, $0) } }
  }

  /// What stands before the second of two divisions of which the first was named far before.
  private static let joining = ["与", "和", "同", "向", "对", "帮助", "支持", "助力"]

  /// Each pairing once: the surest, with a beginning that another states.
  private func merged() -> [Pairing] {
    var order: [Pairing.Key] = []
    var best: [Pairing.Key: Pairing] = [:]
    for pairing in found {
      guard let known = best[pairing.key] else {
        order.append(pairing.key)
        best[pairing.key] = pairing
        continue
      }
      var chosen = pairing.confidence > known.confidence ? pairing : known
      chosen.since = known.since ?? pairing.since
      chosen.asOf = known.asOf ?? pairing.asOf
      chosen.kind = chosen.kind ?? known.kind ?? pairing.kind
      best[pairing.key] = chosen
    }
    return order.compactMap { best[$0] }
  }
}
