import DuikouPlugin
import DuikouReading
import DuikouText

/// The divisions that a document names, found by their place or by the word that stands for them.
struct AnchorIndex {
  /// In the order of the text.
  let anchors: [Anchor]
  private let counties: [Anchor]
  private let byEnd: [Int: Int]
  private let byWord: [String: [Anchor]]
  /// The divisions that are the only one of a word.
  private let onlyByWord: [String: Anchor.Division]
  private let ranges: OffsetSet

  /// `words` are those that may stand for a division, such as 市. `count` is the text's length in
  /// bytes.
  init(_ anchors: [Anchor], words: [String], count: Int) {
    self.anchors = anchors
    counties = anchors.filter(\.division.isCounty)
    byEnd = Dictionary(anchors.enumerated().map { ($1.range.upperBound, $0) }) { first, _ in first }
    let called = Anchor.Division.called(words, of: anchors.map(\.division))
    var byWord: [String: [Anchor]] = [:]
    var ranges = OffsetSet(count: count)
    for anchor in anchors {
      for word in called[anchor.division.code] ?? [] { byWord[word, default: []].append(anchor) }
      ranges.insert(anchor.range)
    }
    self.byWord = byWord
    onlyByWord = byWord.compactMapValues { anchors in
      let isOne = anchors.allSatisfy { $0.division.code == anchors.first?.division.code }
      return isOne ? anchors.first?.division : nil
    }
    self.ranges = ranges
  }

  /// The division whose name ends at `offset`.
  func anchor(endingAt offset: Int) -> Anchor? {
    byEnd[offset].map { anchors[$0] }
  }

  /// Whether a part of the text belongs to a division's name.
  func overlaps(_ range: Range<Int>) -> Bool {
    ranges.overlaps(range)
  }

  /// The division that `word` stands for before `offset`: the one named last.
  func last(called word: String, before offset: Int) -> Anchor.Division? {
    lastAnchor(called: word, before: offset)?.division
  }

  /// Where that stands.
  func lastAnchor(called word: String, before offset: Int) -> Anchor? {
    let anchors = byWord[word] ?? []
    let next = anchors.partitioningIndex { $0.range.upperBound > offset }
    return next > 0 ? anchors[next - 1] : nil
  }

  /// The first of the text that may be called so.
  func firstAnchor(called word: String) -> Anchor? { byWord[word]?.first }

  /// The county or district that was named last before `offset`.
  func lastCounty(before offset: Int) -> Anchor.Division? {
    let next = counties.partitioningIndex { $0.range.upperBound > offset }
    return next > 0 ? counties[next - 1].division : nil
  }

  /// The same where it is the second of two that do something together: one of another province than the one named
  /// last, if there is any.
  func otherCounty(before offset: Int) -> Anchor.Division? {
    let next = counties.partitioningIndex { $0.range.upperBound > offset }
    guard let last = counties[..<next].last?.division else { return nil }
    return counties[..<next].suffix(Self.nearest)
      .last { $0.division.code / 10_000 != last.code / 10_000 }?.division ?? last
  }

  /// The counties and districts named last before `offset`.
  func nearestCounties(before offset: Int) -> ArraySlice<Anchor> {
    let next = counties.partitioningIndex { $0.range.upperBound > offset }
    return counties[..<next].suffix(Self.nearest)
  }

  /// How many names before are looked at.
  private static let nearest = 16

  /// Beijing, if the document names a division of it.
  var helper: Anchor.Division? {
    anchors.contains { $0.division.code / 10_000 == 11 } ? Self.above[110_000] : nil
  }

  /// The division that `word` stands for if all that the document names and that lie in one of this kind lie in it:
  /// 盟 beside 科尔沁右翼中旗.
  func above(called word: String) -> Anchor.Division? {
    let parents = Set(anchors.map(\.division.parent)).compactMap { Self.above[$0] }
      .filter { $0.isCalled(word) }
    return parents.count == 1 ? parents.first : nil
  }

  /// What Beijing's districts, and the counties of Inner Mongolia, lie in.
  private static let above: [UInt32: Anchor.Division] = {
    let region: UInt32 = 150_000
    let cities: [(UInt32, String)] = [
      (150_100, "呼和浩特市"), (150_200, "包头市"), (150_300, "乌海市"), (150_400, "赤峰市"),
      (150_500, "通辽市"), (150_600, "鄂尔多斯市"), (150_700, "呼伦贝尔市"), (150_800, "巴彦淖尔市"),
      (150_900, "乌兰察布市"), (152_200, "兴安盟"), (152_500, "锡林郭勒盟"), (152_900, "阿拉善盟"),
    ]
    let beijing = Anchor.Division(
      code: 110_000, parent: 0, level: UInt32(DK_LEVEL_PROVINCE), name: "北京市")
    let all =
      [beijing]
      + cities.map {
        Anchor.Division(
          code: $0.0, parent: region, level: UInt32(DK_LEVEL_PREFECTURE), name: $0.1)
      }
    return Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
  }()

  /// The division that `word` stands for if the document names just one.
  func only(called word: String) -> Anchor.Division? {
    onlyByWord[word]
  }
}

extension Anchor.Division {
  /// By the codes of divisions, which of the words may stand for each.
  static func called(_ words: [String], of divisions: [Self]) -> [UInt32: [String]] {
    var called: [UInt32: [String]] = [:]
    for division in divisions where called[division.code] == nil {
      called[division.code] = words.filter(division.isCalled)
    }
    return called
  }
}
