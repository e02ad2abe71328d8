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
}

/// Finds speeches by their verbs and who stands in front of them.
struct SpeechFinder: Sendable {
  private let verbs: Lexicon
  private let kinds: [Int?]

  private static let pronouns = ["他", "她"]
  /// Before a verb of the one who is speaking already.
  private static let ownPronouns = ["我", "我们", "咱们"]
  /// What may stand between a speaker and the verb.
  private static let fillers = ["分别", "也", "还", "并", "都", "则", "明确", ",", "同时", "最后", "首先", "一行"]
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
    /// Those of whom nobody knows who speaks have no speaker.
    var found: [(verb: LexiconMatch, speaker: dk_ref?)] = []
    for part in context.document.parts {
      for match in verbs.matches(in: text, range: part) {
        switch speaker(before: match, speakers, last: found.last?.speaker, text) {
        case .known(let speaker): found.append((match, speaker))
        case .unknown: found.append((match, nil))
        case .none: break
        }
      }
    }
    return found.indices.compactMap { index in
      let (verb, speaker) = found[index]
      guard let speaker else { return nil }
      let next = index + 1 < found.count ? found[index + 1].verb.start : text.count
      let end = text.firstOffset(of: "\n", in: verb.end..<max(verb.end, next)) ?? next
      return Speech(
        speaker: speaker, kind: kinds[Int(verb.value)], range: verb.end..<max(end, verb.end))
    }
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
    before verb: LexiconMatch, _ speakers: Speakers, last: dk_ref?, _ text: SourceText
  ) -> Beginning {
    var at = verb.start
    for _ in 0..<3 {
      if let speaker = speakers.speaker(endingAt: at, longestTitle: Self.longestTitle) {
        return .known(speaker)
      }
      if Self.pronouns.contains(where: { text.has($0, before: at) }) {
        return last.map { .known($0) } ?? .none
      }
      guard let filler = Self.fillers.first(where: { text.has($0, before: at) }) else { break }
      at -= filler.utf8.count
    }
    let isOwn =
      CharacterClass(text.scalar(before: at).value).isBoundary
      || Self.ownPronouns.contains { text.has($0, before: at) }
    return isOwn || !beginsSpeech(behind: verb.end, text) ? .none : .unknown
  }

  /// Whether words follow a verb that are said: 指出, and 表示将, but not 表示感谢.
  private func beginsSpeech(behind offset: Int, _ text: SourceText) -> Bool {
    let sign = CharacterClass(text.scalar(at: offset).value)
    return sign == .clauseEnd || sign == .opening
      || text.width(ofAny: Self.openings, at: offset) > 0
  }
}
