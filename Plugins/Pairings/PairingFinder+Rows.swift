import DuikouReading
import DuikouText

/// Lines of a list or a table in a document that speaks of pairing.
extension PairingFinder {
  /// Bytes of the longest line, and of the signs between two sides.
  private static let longest = (row: 300, gap: 16)

  /// 东城区——阿尔山市、化德县; 东城区 阿尔山市、化德县 6000.
  mutating func readRows(_ items: SentenceItems) {
    for part in document.parts {
      var start = part.lowerBound
      while start < part.upperBound {
        let end =
          document.text.firstOffset(of: "\n", in: start..<part.upperBound) ?? part.upperBound
        if end - start <= Self.longest.row { readRow(items.items(of: start..<end)) }
        start = end + 1
      }
    }
  }

  private mutating func readRow(_ items: [PairingItem]) {
    for (index, (first, second)) in zip(items, items.dropFirst()).enumerated() {
      guard case .divisions(let list, _, let range) = first,
        case .divisions(let others, _, let otherRange) = second,
        isGap(range.upperBound..<otherRange.lowerBound)
      else { continue }
      let (helpers, helped) = split(list + others)
      guard min(helpers.count, helped.count) == 1, isRowOneSided(list), isRowOneSided(others) else {
        continue
      }
      addPairs(
        helpers, helped, Self.confidence.visit, range.lowerBound..<otherRange.upperBound)
      readRest(items[(index + 2)...], of: helpers, behind: otherRange)
    }
  }

  /// 朝阳区：卓资县、商都县；鄂伦春自治旗: those behind ； too, where none follows whom a sign joins to another.
  private mutating func readRest(
    _ items: ArraySlice<PairingItem>, of helpers: [Division], behind range: Range<Int>
  ) {
    guard helpers.count == 1 else { return }
    var end = range.upperBound
    for (item, next) in zip(items, items.dropFirst().map(Optional.some) + [nil]) {
      guard case .divisions(let list, _, let range) = item,
        ["；", ";", ",", "，"].contains(document.text.string(end..<max(end, range.lowerBound)))
      else { return }
      if let next, isGap(range.upperBound..<max(range.upperBound, next.range.lowerBound)) { return }
      let (others, helped) = split(list)
      guard others.isEmpty, !helped.isEmpty else { return }
      addPairs(helpers, helped, Self.confidence.visit, range)
      end = range.upperBound
    }
  }

  private func isRowOneSided(_ list: [Division]) -> Bool {
    let (helpers, helped) = split(list)
    return helpers.isEmpty != helped.isEmpty
  }

  /// Whether only blanks, dashes, bars and colons stand there.
  private func isGap(_ range: Range<Int>) -> Bool {
    guard 1...Self.longest.gap ~= range.count else { return false }
    var at = range.lowerBound
    while at < range.upperBound {
      let scalar = document.text.scalar(at: at)
      let isBlank = CharacterClass(scalar.value) == .blank
      guard isBlank || document.text.width(ofAny: Self.gaps, at: at) > 0 else { return false }
      at += scalar.width
    }
    return true
  }

  private static let gaps = ["—", "-", "–", "－", "|", ":", "：", "→"]
}
