import DuikouPlugin
import DuikouReading
import DuikouText

/// Who speaks of brands: people and agencies right before a verb such as 推出 or 提出, and those whose proposals name
/// them.
struct BrandSpeakers {
  private let text: SourceText
  private let words: Words
  private let speakers: [EntityMention]
  private let commitments: [PlacedRow<dk_commitment>]

  /// Bytes before a brand in which the verb is looked for, before the verb in which the speaker's name begins, and
  /// between them: 局长, 联合.
  private static let reach = (verb: 600, name: 240, words: 24)

  /// Verbs of those who speak; what may stand between them and the verb; what keeps those behind it from being any.
  struct Words: Sendable {
    let verbs, between, bars: Lexicon
  }

  init(_ document: NormalDocument, words: Words) {
    self.words = words
    text = document.text
    speakers = document.mentions().filter { $0.isA(dk_person.self) || $0.isA(dk_agency.self) }
    commitments = document.placed(dk_commitment.self)
  }

  /// Who speaks of the brand at a range; nil where nobody is known to.
  func speaker(of brand: Range<Int>) -> dk_ref? {
    let limit = max(0, brand.lowerBound - Self.reach.verb)
    let start = text.sentenceStart(of: brand.lowerBound, notBefore: limit)
    let verb = words.verbs.matches(in: text, range: start..<brand.lowerBound).last
    return verb.flatMap { subject(of: $0, from: start) } ?? promised(at: brand.lowerBound)
  }

  /// 北京市文化和旅游局联合推出: who stands before the verb.
  private func subject(of verb: LexiconMatch, from start: Int) -> dk_ref? {
    let before = max(start, verb.start - Self.reach.name)..<verb.start
    let named = speakers.beginning(in: before).filter { $0.range.upperBound <= verb.start }
    guard let last = named.max(by: { $0.range.upperBound < $1.range.upperBound }) else {
      return nil
    }
    let between = last.range.upperBound..<verb.start
    guard between.count <= Self.reach.words, isPlain(between) else { return nil }
    let speaker = first(ofListEndingWith: last, in: named)
    return isBarred(speaker.range.lowerBound, from: start) ? nil : speaker.entity
  }

  /// 甲局 of 甲局与乙局.
  private func first(
    ofListEndingWith last: EntityMention, in named: some Sequence<EntityMention>
  ) -> EntityMention {
    let ends = Dictionary(named.map { ($0.range.upperBound, $0) }) { first, _ in first }
    var first = last
    while let separator = text.listSeparator(before: first.range.lowerBound),
      separator.kind != .comma, let next = ends[first.range.lowerBound - separator.width]
    {
      first = next
    }
    return first
  }

  /// Whether 拒绝 or the like stands right before a speaker: 拒绝甲局推出.
  private func isBarred(_ speaker: Int, from start: Int) -> Bool {
    let reach = max(start, speaker - Self.reach.words)..<speaker
    return words.bars.matches(in: text, range: reach).last?.end == speaker
  }

  /// Whether a part holds only titles and words such as 联合, one behind another.
  private func isPlain(_ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound {
      guard let match = words.between.longestMatch(in: text, at: at) else { return false }
      at = match.end
    }
    return at == range.upperBound
  }

  /// Whose proposal or promise names what stands at an offset.
  private func promised(at offset: Int) -> dk_ref? {
    guard let commitment = commitments.beginning(in: 0..<offset + 1).last,
      commitment.range.upperBound > offset
    else { return nil }
    return commitment.row.speaker
  }
}
