import DuikouPlugin
import DuikouReading
import DuikouText

/// Who speaks of brands: people and agencies right before a verb such as 推出 or 提出, and those whose proposals name
/// them.
struct BrandSpeakers {
  private let text: SourceText
  private let verbs: Lexicon
  private let speakers: [EntityMention]
  private let commitments: [PlacedRow<dk_commitment>]

  /// Bytes before a brand in which the verb is looked for, before the verb in which the speaker's name begins, and
  /// between them: 局长, 联合.
  private static let reach = (verb: 600, name: 240, words: 12)

  init(_ document: NormalDocument, verbs: Lexicon) {
    self.verbs = verbs
    text = document.text
    speakers = document.mentions().filter { $0.isA(dk_person.self) || $0.isA(dk_agency.self) }
    commitments = document.placed(dk_commitment.self)
  }

  /// Who speaks of the brand at a range; nil where nobody is known to.
  func speaker(of brand: Range<Int>) -> dk_ref? {
    let limit = max(0, brand.lowerBound - Self.reach.verb)
    let start = text.sentenceStart(of: brand.lowerBound, notBefore: limit)
    let verb = verbs.matches(in: text, range: start..<brand.lowerBound).last
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
    return first(ofListEndingWith: last, in: named).entity
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

  /// Whether a part has characters of words only, and no 的: what it holds may be a title or 联合.
  private func isPlain(_ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound {
      let scalar = text.scalar(at: at)
      guard CharacterClass(scalar.value) == .han, !text.has("的", at: at) else { return false }
      at += max(scalar.width, 1)
    }
    return true
  }

  /// Whose proposal or promise names what stands at an offset.
  private func promised(at offset: Int) -> dk_ref? {
    guard let commitment = commitments.beginning(in: 0..<offset + 1).last,
      commitment.range.upperBound > offset
    else { return nil }
    return commitment.row.speaker
  }
}
