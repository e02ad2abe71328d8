import DuikouPlugin
import DuikouReading
import DuikouText

/// Bodies of towns, sums and streets, which are in no table.
extension AgencyFinder {
  /// What such a body is called behind the name of its town, and in full.
  private static let bodies: [(surface: String, name: String)] = [
    (surface: "镇人民政府", name: "镇人民政府"), (surface: "镇政府", name: "镇人民政府"),
    (surface: "乡人民政府", name: "乡人民政府"), (surface: "乡政府", name: "乡人民政府"),
    (surface: "苏木人民政府", name: "苏木人民政府"), (surface: "苏木政府", name: "苏木人民政府"),
    (surface: "街道办事处", name: "街道办事处"),
  ]
  private static let lexicon = Lexicon(bodies.enumerated().map { ($1.surface, UInt32($0)) })
  /// Characters of the name in front of these.
  private static let longestName = 6
  /// What may stand in front of it where no division does.
  private static let before = ["与", "和", "及", "由", "到", "向", "对", "同", "经", "在"]

  /// 四子王旗 + 库伦图 + 镇人民政府, 与 + 杜尔基 + 镇政府.
  mutating func findTownships(_ part: Range<Int>) {
    for match in Self.lexicon.matches(in: text, range: part) {
      guard let start = nameStart(before: match.start, in: part), start.at < match.start,
        isName(start.at..<match.start, isOf: start.county),
        let county = start.county ?? countyOfTown(start.at..<match.start)
          ?? county(before: start.at)
      else { continue }
      let name = text.string(start.at..<match.start) + Self.bodies[Int(match.value)].name
      let first = start.county == nil ? nil : anchors.anchor(endingAt: start.at)
      let division = Anchor.Division(
        code: county.code, parent: county.parent, level: UInt32(DK_LEVEL_TOWNSHIP),
        name: county.name)
      add(
        AgencyMention(
          range: (first?.range.lowerBound ?? start.at)..<match.end, division: division,
          body: Body(name: "{}" + name, sector: "government"), basis: first == nil ? .word : .name))
    }
  }

  /// Whether it is no word for several, 各乡镇政府, or for one that is not named.
  private func isName(_ range: Range<Int>, isOf county: Anchor.Division?) -> Bool {
    // 丰台区 + 花乡 + 街道办事处.
    let isStreet = county != nil && text.has("街道", at: range.upperBound) && range.count == 2 * 3
    return text.width(ofAny: Self.notFirst, at: range.lowerBound) == 0
      && (isStreet && text.has("乡", before: range.upperBound) || !endsInWord(range))
  }

  private func endsInWord(_ range: Range<Int>) -> Bool {
    Self.notLast.contains { text.has($0, before: range.upperBound) }
  }

  private static let notFirst = ["各", "该", "两", "每", "全", "当地", "相关", "有关", "所在", "一些", "多个", "本"]
  private static let notLast = ["乡", "县", "旗", "城区", "所在", "驻地", "相关", "有关", "个"]

  /// The county right behind which the name of a town stood before: 科左中旗 + 花吐古拉镇.
  private func countyOfTown(_ name: Range<Int>) -> Anchor.Division? {
    let town = text.string(name)
    return anchors.nearestCounties(before: name.lowerBound).last {
      text.has(town, at: $0.range.upperBound)
    }?.division
  }

  private func county(before offset: Int) -> Anchor.Division? {
    let isSecond = ["与", "和"].contains { text.has($0, before: offset) }
    return isSecond ? anchors.otherCounty(before: offset) : anchors.lastCounty(before: offset)
  }

  /// Where the name of a town begins that ends at `end`, and its county, if that stands in front.
  private func nameStart(
    before end: Int, in part: Range<Int>
  ) -> (at: Int, county: Anchor.Division?)? {
    var at = end
    for length in 0...Self.longestName {
      // 河北 + 镇政府 is a town of that name.
      if let anchor = anchors.anchor(endingAt: at), length > 0 || anchor.division.isCounty {
        return anchor.division.isCounty ? (at, anchor.division) : nil
      }
      let isEnough = length >= 2 && length <= 4
      if at <= part.lowerBound { return isEnough ? (at, nil) : nil }
      let scalar = text.scalar(before: at)
      let isWord = text.width(ofAny: Self.before, at: at - scalar.width) > 0
      if CharacterClass(scalar.value) != .han || isWord { return isEnough ? (at, nil) : nil }
      at -= scalar.width
    }
    return nil
  }
}
