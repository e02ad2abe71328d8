import DuikouReading
import DuikouText

/// Sides that stand in one list, or around a sign.
extension PairingFinder {
  /// Bytes between a list and 分别 behind it, or the verb that makes it a helper.
  private static let nearReach = 24

  /// 北京市16个区与内蒙古31个脱贫旗县结对; 北京市16个区县与赤峰市、乌兰察布市的16个旗县, who share the number.
  mutating func readCounts(_ items: [PairingItem]) {
    guard items.contains(where: \.speaksOfPairing) else { return }
    for (first, second) in zip(items, items.dropFirst()) {
      guard case .divisions(let list, let count?, let range) = first,
        case .divisions(let others, let otherCount?, let otherRange) = second,
        list.count == 1, isOneSided(others), sides[list[0].code] != sides[others[0].code],
        let separator = document.text.listSeparator(at: range.upperBound), separator.kind == .word,
        range.upperBound + separator.width == otherRange.lowerBound
      else { continue }
      let isHelperFirst = sides[list[0].code] == .helper
      guard isHelperFirst || others.count == 1 else { continue }
      let (helper, helped) = isHelperFirst ? (list[0], others) : (others[0], list)
      for division in helped where sides[helper.code] == .helper && sides[division.code] == .helped
      {
        var pairing = Pairing(
          helper: helper, helped: division, confidence: Self.confidence.coordination,
          evidence: range.lowerBound..<otherRange.upperBound)
        pairing.helperUnits = (isHelperFirst ? count : otherCount).value
        pairing.helpedUnits = (isHelperFirst ? otherCount : count).value
        pairing.isDistributive = otherCount.isDistributive
        found.append(pairing)
      }
    }
  }

  /// Whether all of a list are of one side.
  private func isOneSided(_ list: [Division]) -> Bool {
    Set(list.map { sides[$0.code] }).count == 1
  }

  /// 朝阳区与卓资县相距330公里。自2016年两地结对以来: the two are those of the sentence before.
  mutating func readTwo(_ items: [PairingItem], in sentence: Range<Int>, _ all: SentenceItems) {
    let text = document.text
    guard let bind = items.first(where: { $0.isWord(.bind) }),
      ["两地", "双方"].contains(where: { text.has($0, before: bind.range.lowerBound) }),
      !items.contains(where: {
        if case .divisions = $0 { $0.range.lowerBound < bind.range.lowerBound } else { false }
      })
    else { return }
    let end = min(sentence.lowerBound, text.scalarStart(before: sentence.lowerBound))
    let start = text.sentenceStart(of: end, notBefore: max(0, end - Self.longestBefore))
    let known = found.count
    for case .divisions(let list, _, let range) in all.items(of: start..<end) {
      let (helpers, helped) = split(list)
      guard helpers.count == 1, helped.count == 1 else { continue }
      addPairs(helpers, helped, Self.confidence.visit, range)
      break
    }
    setSince(of: known..., by: items)
  }

  /// Bytes of the sentence before.
  private static let longestBefore = 300

  /// A list of both sides: 海淀区与敖汉旗、丰台区与林西县 are two pairs, 门头沟区、顺义区与化德县、巴林左旗 are
  /// with 分别 behind.
  mutating func readMixed(_ list: [Division], _ range: Range<Int>, isEach: Bool) {
    let runs = runs(of: list.filter(\.isCounty))
    let isAlternating =
      runs.count > 2 && runs.count.isMultiple(of: 2)
      && stride(from: 0, to: runs.count, by: 2).allSatisfy {
        min(runs[$0].count, runs[$0 + 1].count) == 1
      }
    guard isAlternating else {
      let (helpers, helped) = split(list)
      addPairs(helpers, helped, isEach: isEach, Self.confidence.coordination, range)
      return
    }
    for index in stride(from: 0, to: runs.count, by: 2) {
      let (helpers, helped) = split(runs[index] + runs[index + 1])
      addPairs(helpers, helped, Self.confidence.coordination, range)
    }
  }

  /// The divisions between the marks of a list, of which 和 and 与 join some; nil where they are not all that stand there.
  func groups(of list: [Division], in range: Range<Int>) -> [[Division]]? {
    let text = document.text
    var sizes = [1]
    var at = range.lowerBound
    while at < range.upperBound {
      if let separator = text.listSeparator(at: at), isBetweenPlaces(at, separator) {
        if separator.kind == .mark { sizes.append(1) } else { sizes[sizes.count - 1] += 1 }
      }
      at += text.scalar(at: at).width
    }
    guard sizes.count > 1, sizes.reduce(0, +) == list.count else { return nil }
    var rest = list[...]
    return sizes.map { size in
      let group = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      return group
    }
  }

  /// Whether a separator is none of a name's own characters, as in 兴和县: a name's ending stands before it.
  private func isBetweenPlaces(_ offset: Int, _ separator: ListSeparator) -> Bool {
    separator.kind == .mark
      || ["旗", "县", "市", "区", "盟"].contains { document.text.has($0, before: offset) }
  }

  /// The divisions of a list, those of one side that stand together in one run.
  private func runs(of list: [Division]) -> [[Division]] {
    var runs: [[Division]] = []
    for division in list {
      if let last = runs.last?.last, sides[last.code] == sides[division.code] {
        runs[runs.count - 1].append(division)
      } else {
        runs.append([division])
      }
    }
    return runs
  }

  /// Whether 分别 stands right behind a list.
  func isEachBehind(_ item: PairingItem?, _ end: Int) -> Bool {
    guard let item, item.isWord(.each) else { return false }
    return item.range.lowerBound - end <= Self.nearReach
  }

  /// 朝阳区—卓资县.
  func isDash(_ between: Range<Int>) -> Bool {
    ["—", "——", "-", "–", "－"].contains(document.text.string(between))
  }

  /// 宁城县在石景山区的帮扶下, 化德县由东城区对口帮扶.
  func passive(_ between: Range<Int>, _ next: PairingItem?) -> Double? {
    let isAgent = ["在", "由"].contains { document.text.has($0, before: between.upperBound) }
    guard isAgent, between.count <= Self.reach, let next, next.isWord(.help) else { return nil }
    return Self.confidence.visit
  }
}
