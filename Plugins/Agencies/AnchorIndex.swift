import DuikouReading
import DuikouText

/// The divisions that a document names, found by their place or by the word that stands for them.
struct AnchorIndex {
  /// In the order of the text.
  let anchors: [Anchor]
  private let byEnd: [Int: Int]
  private let byWord: [String: [Anchor]]
  /// The divisions that are the only one of a word.
  private let onlyByWord: [String: Anchor.Division]
  private let ranges: OffsetSet

  /// `words` are those that may stand for a division, such as 市. `count` is the text's length in
  /// bytes.
  init(_ anchors: [Anchor], words: [String], count: Int) {
    self.anchors = anchors
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
    let anchors = byWord[word] ?? []
    let next = anchors.partitioningIndex { $0.range.upperBound > offset }
    return next > 0 ? anchors[next - 1].division : nil
  }

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
