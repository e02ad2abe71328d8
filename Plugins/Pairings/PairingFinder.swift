import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds pairings, sentence by sentence.
///
/// A verb takes whom it finds before it as the helper and the next divisions behind it as the helped; verbs
/// without a helper, such as 增加, go on with the one before. Divisions of both sides that are named together, or of
/// which one visits the other, are a pair where the sentence speaks of pairing.
struct PairingFinder {
  private let document: NormalDocument
  private let sides: Sides
  private let divisions: [UInt32: Division]
  private var found: [Pairing] = []
  /// The helper of the last pairing, and how many of its districts take part.
  private var helper: Division?

  /// Bytes between a verb and what belongs to it.
  private static let reach = 30
  /// Bytes between two sides of a pair of which the second follows 与.
  private static let subjectReach = 240
  /// Bytes between a verb and the divisions that it helps.
  private static let objectReach = 15
  /// What shows between a verb and divisions that these are something else.
  private static let partings = [",", ":", "同", "与", "和", "的", "、", "(", "模式", "在"]
  /// How sure each kind of sentence is.
  private static let confidence = (verb: 0.93, elided: 0.88, coordination: 0.86, visit: 0.8)

  static func pairings(
    in document: NormalDocument, words: PairingWords, sides: Sides
  ) -> [Pairing] {
    let found = words.found(in: document)
    guard !found.isEmpty else { return [] }
    var finder = PairingFinder(document, sides)
    let items = SentenceItems(document, words: words, found: found)
    for sentence in items.sentences() {
      let items = items.items(of: sentence)
      finder.readVerbs(items)
      finder.readBonds(items)
      finder.readLists(items)
    }
    return finder.merged()
  }

  private init(_ document: NormalDocument, _ sides: Sides) {
    self.document = document
    self.sides = sides
    let rows = document.document.rows(dk_place.self)
    divisions = Dictionary(
      rows.map { ($0.row.code, Division(reference: $0.reference.row, code: $0.row.code)) }
    ) { first, _ in first }
  }

  /// 北京市16个区帮扶内蒙古16个国贫旗县,2011年起集中帮扶赤峰市、乌兰察布市各8个国贫旗县.
  private mutating func readVerbs(_ items: [PairingItem]) {
    var units: UInt32?
    var date: (day: Int32, range: Range<Int>)?
    var verb: (word: PairingWord, range: Range<Int>, start: Int)?
    var isElided = true
    for (index, item) in items.enumerated() {
      switch item {
      case .date(let day, let range): date = (day, range)
      case .word(let word, let range) where word.takesObject:
        var start =
          date.map { isNear($0.range, range) ? $0.range.lowerBound : range.lowerBound }
          ?? range.lowerBound
        isElided = true
        if word == .help, index > 0,
          case .divisions(let before, let count, let at) = items[index - 1],
          range.lowerBound - at.upperBound <= Self.reach, before.count == 1,
          sides[before[0].code] == .helper
        {
          (helper, units, isElided) = (before[0], count?.value, false)
          start = min(start, at.lowerBound)
        }
        verb = (word, range, start)
      case .divisions(let helped, let count, let range):
        guard let current = verb else { continue }
        verb = nil
        guard isObject(at: range.lowerBound, of: current) else { continue }
        let isCoveringAll = items[index...].prefix {
          $0.range.lowerBound - range.upperBound <= Self.reach
        }.contains { later in
          if case .word(.all, _) = later { return true }
          return false
        }
        guard current.word != .extend || isCoveringAll || count != nil else { continue }
        addAll(
          helped, count, helperUnits: isElided ? nil : units, verb: current.word,
          date: date?.day, isElided: isElided, coversAll: isCoveringAll,
          evidence: current.start..<range.upperBound)
      default: break
      }
    }
  }

  /// Whether divisions belong to a verb before them: 帮扶赤峰市, 扩展到对全区, but not 支援同库伦旗.
  private func isObject(
    at offset: Int, of verb: (word: PairingWord, range: Range<Int>, start: Int)
  ) -> Bool {
    let between = verb.range.upperBound..<max(offset, verb.range.upperBound)
    guard between.count <= Self.objectReach else { return false }
    return !Self.partings.contains { document.text.occurrences(of: $0, in: between) > 0 }
  }

  private func isNear(_ date: Range<Int>, _ verb: Range<Int>) -> Bool {
    verb.lowerBound >= date.upperBound && verb.lowerBound - date.upperBound <= Self.reach
  }

  private mutating func addAll(
    _ helped: [Division], _ count: UnitCount?, helperUnits: UInt32?, verb: PairingWord,
    date: Int32?,
    isElided: Bool, coversAll: Bool, evidence: Range<Int>
  ) {
    guard let helper = helper ?? divisions[110_000] else { return }
    for division in helped where sides[division.code] == .helped && sides[helper.code] == .helper {
      var pairing = Pairing(
        helper: helper, helped: division,
        confidence: isElided ? Self.confidence.elided : Self.confidence.verb, evidence: evidence)
      pairing.helperUnits = helperUnits
      pairing.helpedUnits = count?.value
      pairing.isDistributive = count?.isDistributive ?? false
      pairing.isDelta = verb == .add
      pairing.coversAll = coversAll
      pairing.isElided = isElided
      if verb == .extend { pairing.asOf = date } else { pairing.since = date }
      found.append(pairing)
    }
  }

  /// 从1996年开始,京蒙两地结为对口帮扶关系.
  private mutating func readBonds(_ items: [PairingItem]) {
    var date: (day: Int32, range: Range<Int>)?
    var pair: (helper: Division, helped: Division, range: Range<Int>)?
    var bind: Range<Int>?
    for item in items {
      switch item {
      case .date(let day, let range): date = (day, range)
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
        found.append(pairing)
        pair = nil
      default: break
      }
    }
  }

  /// 大兴区与察右前旗、正镶白旗分别签订《2024年东西部协作协议》; 库伦旗代表团到密云区对接.
  private mutating func readLists(_ items: [PairingItem]) {
    let speaksOfPairing = items.contains(where: \.speaksOfPairing)
    let visits = items.filter { $0.isWord(.visit) }
    /// The last list that has counties of one side only, for each side.
    var last: [Sides.Side: (counties: [Division], range: Range<Int>)] = [:]
    for (index, item) in items.enumerated() {
      guard case .divisions(let list, _, let range) = item else { continue }
      let (helpers, helped) = split(list)
      if !helpers.isEmpty, !helped.isEmpty {
        if speaksOfPairing || isJoint(items[(index + 1)...].first, at: range.upperBound) {
          addPairs(helpers, helped, Self.confidence.coordination, range)
        }
        continue
      }
      guard let side = (helpers + helped).first.flatMap({ sides[$0.code] }) else { continue }
      last[side] = (helpers + helped, range)
      guard speaksOfPairing, helpers.count + helped.count == 1,
        let other = last[side == .helper ? .helped : .helper],
        let confidence = link(other.range.upperBound..<range.lowerBound, visits)
      else { continue }
      addPairs(
        side == .helper ? helpers : other.counties, side == .helper ? other.counties : helped,
        confidence, other.range.lowerBound..<range.upperBound)
    }
  }

  /// Whether an item says that those before it do something together.
  private func isJoint(_ item: PairingItem?, at offset: Int) -> Bool {
    guard let item else { return false }
    return item.isWord(.joint) && item.range.lowerBound == offset
  }

  /// How sure it is that two lists are a pair, by what stands between them.
  private func link(_ between: Range<Int>, _ visits: [PairingItem]) -> Double? {
    if !visits.beginning(in: between).isEmpty { return Self.confidence.visit }
    let text = document.text
    let isJoined = Self.joining.contains { text.has($0, before: between.upperBound) }
    return isJoined && between.count <= Self.subjectReach ? Self.confidence.visit : nil
  }

  private func split(_ list: [Division]) -> (helpers: [Division], helped: [Division]) {
    (
      list.filter { sides[$0.code] == .helper && $0.isCounty },
      list.filter { sides[$0.code] == .helped && $0.isCounty }
    )
  }

  private mutating func addPairs(
    _ helpers: [Division], _ helped: [Division], _ confidence: Double, _ range: Range<Int>
  ) {
    guard !helpers.isEmpty, !helped.isEmpty, min(helpers.count, helped.count) == 1 else { return }
    for helper in helpers {
      for division in helped {
        found.append(
          Pairing(helper: helper, helped: division, confidence: confidence, evidence: range))
      }
    }
  }

  /// What stands before the second of two divisions of which the first was named far before.
  private static let joining = ["与", "和", "同", "向", "对"]

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
      best[pairing.key] = chosen
    }
    return order.compactMap { best[$0] }
  }
}
