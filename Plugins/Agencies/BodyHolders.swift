import DuikouReading

/// The divisions that have a body, as far as a document has said so by name.
struct BodyHolders {
  private struct Key: Hashable {
    let body: String
    let word: String
  }

  /// In the order of the text.
  private let mentions: [Key: [AgencyMention]]

  /// `words` are those that may stand for a division, such as 市.
  init(_ mentions: [AgencyMention], words: [String]) {
    let called = Anchor.Division.called(words, of: mentions.map(\.division))
    var index: [Key: [AgencyMention]] = [:]
    for mention in mentions.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      for word in called[mention.division.code] ?? [] {
        index[Key(body: mention.body.name, word: word), default: []].append(mention)
      }
    }
    self.mentions = index
  }

  /// The division called `word` that was last said to have the body before `offset`.
  func last(of body: Body, called word: String, before offset: Int) -> Anchor.Division? {
    let mentions = mentions[Key(body: body.name, word: word)] ?? []
    let next = mentions.partitioningIndex { $0.range.upperBound > offset }
    return next > 0 ? mentions[next - 1].division : nil
  }

  /// The division called `word` that is first said to have the body.
  func first(of body: Body, called word: String) -> Anchor.Division? {
    mentions[Key(body: body.name, word: word)]?.first?.division
  }
}
