import DuikouPlugin
import DuikouReading
import DuikouText

/// What one speaker says, from the verb to the next speaker or the end of the paragraph.
struct Speech {
  let speaker: dk_ref
  /// The kind of what is said where its clauses say nothing else; nil for statements.
  let kind: Int?
  /// Bytes of what is said.
  let range: Range<Int>
  /// The kind of the points of a list in it: 表示，一是…；二是….
  var listed: Int?
  /// Whether the first clause says what the verb asks for: 希望北京支持发展.
  var isAsked = false
}

/// Finds speeches by their verbs and who stands in front of them.
struct SpeechFinder: Sendable {
  private let verbs: Lexicon
  private let kinds: [Int?]

  private static let pronouns = ["他", "她"]
  /// Before a verb of the one who is speaking already.
  private static let ownPronouns = ["我", "我们", "咱们"]
  /// What may stand between a speaker and the verb.
  private static let fillers = [
    "分别", "也", "还", "并", "都", "则", "明确", ",", "同时", "最后", "首先", "一行", "一致", "均", "再次", "进一步",
  ]
  /// What stands behind a verb, besides signs, where a speech begins.
  private static let openings = ["将", "要", "愿", "希望"]
  /// Characters of the longest title behind a name.
  private static let longestTitle = 8

  init(_ table: DataTable) {
    kinds = table.rows.map { CommitmentKind(rawValue: $0[1])?.value }
    verbs = Lexicon(table.rows.enumerated().map { ($1[0], UInt32($0)) })
  }

  func speeches(in context: EventContext) -> [Speech] {
    let text = context.text
    let speakers = Speakers(context)
    var found: [Start] = []
    for part in context.document.parts {
      for match in verbs.matches(in: text, range: part) {
        let kind = kinds[Int(match.value)]
        switch speaker(before: match, speakers, last: found.last, text) {
        case .known(let speaker):
          let said = quoted(before: match, speakers, text)
          found.append(
            Start(at: match.start, end: match.end, kind: kind, speaker: speaker, said: said))
        case .unknown: found.append(Start(at: match.start, end: match.end, kind: kind))
        case .none: break
        }
      }
    }
    let others = labelled(speakers) + paragraphs(of: speakers.orator(), text)
    if !others.isEmpty { found = (found + others).sorted { $0.at < $1.at } }
    return found.indices.compactMap { index in
      let start = found[index]
      guard let speaker = start.speaker else { return nil }
      let next = index + 1 < found.count ? found[index + 1].at : text.count
      let end = text.firstOffset(of: "\n", in: start.end..<max(start.end, next)) ?? next
      let sign = CharacterClass(text.scalar(at: start.end).value)
      return Speech(
        speaker: speaker, kind: start.kind, range: start.said ?? start.end..<max(end, start.end),
        listed: listed(by: start, text), isAsked: start.kind != nil && sign == .han)
    }
  }

  /// What a list is that somebody 表示, or 强调.
  private func listed(by start: Start, _ text: SourceText) -> Int? {
    let verb = start.at..<start.end
    if text.has("表示", before: verb.upperBound) { return CommitmentKind.promise.value }
    return ["强调", "指出", "提出"].contains { text.has($0, before: verb.upperBound) }
      ? CommitmentKind.proposal.value : nil
  }

  /// “…，”乔建军说。: what is said, where it stands in quotation marks before the speaker.
  private func quoted(before verb: LexiconMatch, _ speakers: Speakers, _ text: SourceText) -> Range<
    Int
  >? {
    guard [.sentenceEnd, .clauseEnd].contains(CharacterClass(text.scalar(at: verb.end).value)),
      !text.has(":", at: verb.end), !text.has("：", at: verb.end),
      !text.has("“", at: verb.end + text.scalar(at: verb.end).width),
      let start = speakers.start(endingAt: verb.start, longestTitle: Self.longestTitle),
      text.has("”", before: start)
    else { return nil }
    let limit = max(0, start - Self.longestParagraph)
    var at = start
    while at > limit, text.bytes[at - 1] != 0x0a {
      if text.has("“", before: at) { return at..<start - "”".utf8.count }
      at = text.scalarStart(before: at)
    }
    return nil
  }

  /// Where a speech begins.
  private struct Start {
    /// Of the verb.
    let at: Int
    let end: Int
    var kind: Int?
    /// Nil where nobody knows who speaks.
    var speaker: dk_ref?
    /// Bytes of what is said, where that stands before.
    var said: Range<Int>?
  }

  /// 贾玉宝：我们将….
  private func labelled(_ speakers: Speakers) -> [Start] {
    speakers.labels().map { Start(at: $0.start, end: $0.end, speaker: $0.speaker) }
  }

  /// The paragraphs of a document that is one speech.
  private func paragraphs(of orator: (speaker: dk_ref, end: Int)?, _ text: SourceText) -> [Start] {
    guard let orator else { return [] }
    var starts: [Start] = []
    var at = orator.end
    while let line = text.firstOffset(of: "\n", in: at..<text.count) {
      at = line + 1
      starts.append(Start(at: at, end: at, speaker: orator.speaker))
    }
    return starts
  }

  /// Who begins to speak at a verb.
  private enum Beginning {
    case known(dk_ref)
    /// Somebody, but not who.
    case unknown
    /// Nobody: the verb belongs to what is said.
    case none
  }

  private func speaker(
    before verb: LexiconMatch, _ speakers: Speakers, last: Start?, _ text: SourceText
  ) -> Beginning {
    var at = verb.start
    for _ in 0..<3 {
      if let speaker = speakers.speaker(endingAt: at, longestTitle: Self.longestTitle) {
        return .known(speaker)
      }
      if Self.pronouns.contains(where: { text.has($0, before: at) }) {
        return speakers.subject(in: paragraph(before: at, from: last?.end ?? 0, text)).map {
          .known($0.entity)
        } ?? last?.speaker.map { .known($0) } ?? .none
      }
      guard let filler = Self.fillers.first(where: { text.has($0, before: at) }) else { break }
      at -= filler.utf8.count
    }
    let isOwn =
      CharacterClass(text.scalar(before: at).value).isBoundary
      || Self.ownPronouns.contains { text.has($0, before: at) }
    // 金永丽对此表示赞同 ends the speech before, too.
    let subject = subject(before: verb, at, speakers, from: last?.end ?? 0, text)
    if let subject { return .known(subject) }
    return isOwn || !beginsSpeech(behind: verb.end, text) ? .none : .unknown
  }

  /// The rest of the paragraph behind the verb before.
  private func paragraph(before offset: Int, from limit: Int, _ text: SourceText) -> Range<Int> {
    var start = offset
    let limit = max(limit, offset - Self.longestParagraph)
    while start > limit, text.bytes[start - 1] != 0x0a { start -= 1 }
    return start..<offset
  }

  /// 苏翠芳在致辞中表示: who begins the clause of a verb, or one before it that goes on with 并.
  private func subject(
    before verb: LexiconMatch, _ offset: Int, _ speakers: Speakers, from limit: Int,
    _ text: SourceText
  ) -> dk_ref? {
    let rest = paragraph(before: verb.start, from: limit, text)
    let sentence =
      text.sentenceStart(of: verb.start, notBefore: rest.lowerBound)..<verb.start
    guard let subject = speakers.subject(in: sentence) else { return nil }
    let behind = subject.range.upperBound
    let clause = text.clauses(in: sentence).last ?? sentence
    let isOfClause = subject.range.lowerBound >= clause.lowerBound
    let goesOn =
      isOfClause
      ? text.width(ofAny: Self.manners, at: behind) > 0
      : text.width(ofAny: Self.further, at: clause.lowerBound) > 0 || offset == clause.lowerBound
    return goesOn ? subject.entity : nil
  }

  /// What stands between a person and the way in which something is said.
  private static let manners = [
    "在", "对", "就", "围绕", "针对", "向", "代表", "首先", "随后", "结合", "接受", "致辞", "从", "激动", "高兴", "自豪", "感慨",
    "笑着", "一再", "再次", "反复", "最后", "同时", "进一步", "着重", "特别", "主持", "致", "表", "作", "深有",
  ]
  /// With what a clause begins whose subject stands in the one before.
  private static let further = ["并", "还", "同时", "也", "最后", "特别", "进一步", "就", "对"]
  /// In bytes.
  private static let longestParagraph = 1_500

  /// Whether words follow a verb that are said: 指出, and 表示将, but not 表示感谢.
  private func beginsSpeech(behind offset: Int, _ text: SourceText) -> Bool {
    let sign = CharacterClass(text.scalar(at: offset).value)
    return sign == .clauseEnd || sign == .opening
      || text.width(ofAny: Self.openings, at: offset) > 0
  }
}
