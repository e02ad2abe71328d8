import DuikouReading
import DuikouText

extension PairingFinder {
  /// Bytes between a verb and the divisions that it helps.
  private static let objectReach = 15
  /// What shows between a verb and divisions that these are something else.
  private static let partings = [",", ":", "同", "与", "和", "的", "、", "(", "模式", "在"]

  /// 北京市16个区帮扶内蒙古16个国贫旗县,2011年起集中帮扶赤峰市、乌兰察布市各8个国贫旗县.
  mutating func readVerbs(_ items: [PairingItem]) {
    var date: (day: Int32, isOpen: Bool, range: Range<Int>)?
    var verb: (HelpVerb, start: Int)?
    /// Those of the helping side that the sentence has named last.
    var named: [Division]?
    for (index, item) in items.enumerated() {
      switch item {
      case .date(let day, let isOpen, let range): date = (day, isOpen, range)
      case .word(let word, let range) where word.takesObject:
        verb = nil
        let before = subject(of: word, at: range, behind: items[..<index])
        guard let subject = before ?? elided(in: named, before: items[(index + 1)...]) else {
          continue
        }
        helpers = subject.helpers
        let start = date.map { isNear($0.range, range) ? $0.range.lowerBound : .max } ?? .max
        verb = (
          HelpVerb(word: word, range: range, subject: subject),
          min(start, subject.range?.lowerBound ?? range.lowerBound)
        )
      case .divisions(let list, let count, let range):
        if let (open, start) = verb, isObject(at: range.lowerBound, of: open) {
          let coversAll = coversAll(items[index...], behind: range)
          if open.word != .extend || coversAll || count != nil {
            let evidence = start..<range.upperBound
            let isTold = date.map { isBeginning($0.range, isOpen: $0.isOpen, of: open) } ?? false
            add(
              list, count, to: open, date: isTold ? date?.day : nil, coversAll: coversAll,
              evidence: evidence)
          }
        }
        verb = nil
        let helping = list.filter { sides[$0.code] == .helper }
        if !helping.isEmpty { named = helping }
      default: break
      }
    }
  }

  /// Who stands before a verb: 密云区自2018年起对口帮扶, 丰台区、怀柔区分别对口帮扶.
  private func subject(
    of verb: PairingWord, at range: Range<Int>, behind items: ArraySlice<PairingItem>
  ) -> HelpVerb.Subject? {
    guard verb == .help else { return nil }
    var end = range.lowerBound
    var isEach = false
    for item in items.reversed() {
      guard end - item.range.upperBound <= Self.reach else { return nil }
      switch item {
      case .date, .word(.add, _): end = item.range.lowerBound
      case .word(.each, _):
        isEach = true
        end = item.range.lowerBound
      case .divisions(let list, let count, let range):
        guard list.allSatisfy({ sides[$0.code] == .helper }),
          !isOfPart(range.upperBound..<max(end, range.upperBound))
        else { return nil }
        return .init(helpers: list, units: count?.value, isEach: isEach, range: range)
      case .word, .bothSides: return nil
      }
    }
    return nil
  }

  /// Who helps where a verb does not say it: the one before. Nobody where the sentence has named another.
  /// Prefectures are helped by a province.
  private func elided(
    in named: [Division]?, before items: ArraySlice<PairingItem>
  ) -> HelpVerb.Subject? {
    var before = helpers
    if before.isEmpty || before.allSatisfy(\.isCounty) && areWhole(items.first) {
      before = divisions[110_000].map { [$0] } ?? []
    }
    guard before.count == 1, named == nil || named == before else { return nil }
    return .init(helpers: before)
  }

  /// Whether an item names no counties.
  private func areWhole(_ item: PairingItem?) -> Bool {
    guard case .divisions(let list, _, _) = item else { return false }
    return list.allSatisfy { !$0.isCounty }
  }

  /// Whether divisions belong to a verb before them: 帮扶赤峰市, 扩展到对全区, but not 支援同库伦旗.
  private func isObject(at offset: Int, of verb: HelpVerb) -> Bool {
    let between = verb.range.upperBound..<max(offset, verb.range.upperBound)
    guard between.count <= Self.objectReach else { return false }
    // 在海淀区的帮扶下，敖汉旗.
    if isUnder(verb.range) {
      return ["、", "和", "与", ":"].allSatisfy { document.text.occurrences(of: $0, in: between) == 0 }
    }
    // 西城区对口帮扶的喀喇沁旗.
    if verb.subject.range != nil, document.text.string(between) == "的" { return true }
    return !Self.partings.contains { document.text.occurrences(of: $0, in: between) > 0 }
  }

  /// Whether a verb says under whose help something is done: 支持下, 帮扶 + 下.
  private func isUnder(_ verb: Range<Int>) -> Bool {
    document.text.has("下", before: verb.upperBound) || document.text.has("下", at: verb.upperBound)
  }

  private func isNear(_ date: Range<Int>, _ verb: Range<Int>) -> Bool {
    verb.lowerBound >= date.upperBound && verb.lowerBound - date.upperBound <= Self.reach
  }

  /// Whether 全覆盖 stands right behind divisions.
  private func coversAll(_ items: ArraySlice<PairingItem>, behind range: Range<Int>) -> Bool {
    items.prefix { $0.range.lowerBound - range.upperBound <= Self.reach }
      .contains { $0.isWord(.all) }
  }

  private mutating func add(
    _ list: [Division], _ count: UnitCount?, to verb: HelpVerb, date: Int32?, coversAll: Bool,
    evidence: Range<Int>
  ) {
    let subject = verb.subject
    let isElided = subject.range == nil
    let helped = list.filter { sides[$0.code] == .helped }
    let behind = verb.range.upperBound..<max(verb.range.upperBound, evidence.upperBound)
    for (helper, division) in pairs(subject.helpers, helped, isEach: subject.isEach, in: behind)
    where sides[helper.code] == .helper {
      var pairing = Pairing(
        helper: helper, helped: division,
        confidence: isElided ? Self.confidence.elided : Self.confidence.verb, evidence: evidence)
      pairing.kind = words.kind(of: verb.range, in: document.text)
      pairing.helperUnits = subject.units
      pairing.helpedUnits = count?.value
      pairing.isDistributive = count?.isDistributive ?? false
      pairing.isDelta = verb.word == .add
      pairing.coversAll = coversAll
      pairing.isElided = isElided
      if verb.word == .extend { pairing.asOf = date } else { pairing.since = date }
      found.append(pairing)
    }
  }
}
