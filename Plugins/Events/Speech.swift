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
  /// What may stand between a speaker and the verb.
  private static let fillers = ["分别", "也", "还", "并", "都", "则", "明确", ",", "同时", "最后", "首先", "一行"]

  init(_ table: DataTable) {
    kinds = table.rows.map { CommitmentKind(rawValue: $0[1])?.value }
    verbs = Lexicon(table.rows.enumerated().map { ($1[0], UInt32($0)) })
  }

  func speeches(in context: EventContext) -> [Speech] {
    let text = context.text
    let speakers = Dictionary(
      context.mentions.filter { $0.isA(dk_person.self) || $0.isA(dk_agency.self) }.map {
        ($0.range.upperBound, $0.entity)
      }
    ) { first, _ in first }
    var found: [(verb: LexiconMatch, speaker: dk_ref)] = []
    for part in context.document.parts {
      for match in verbs.matches(in: text, range: part) {
        if let speaker = speaker(before: match.start, speakers, last: found.last?.speaker, text) {
          found.append((match, speaker))
        }
      }
    }
    return found.indices.map { index in
      let (verb, speaker) = found[index]
      let next = index + 1 < found.count ? found[index + 1].verb.start : text.count
      let end = min(paragraphEnd(from: verb.end, in: text), next)
      return Speech(
        speaker: speaker, kind: kinds[Int(verb.value)], range: verb.end..<max(end, verb.end))
    }
  }

  private func speaker(
    before offset: Int, _ speakers: [Int: dk_ref], last: dk_ref?, _ text: SourceText
  ) -> dk_ref? {
    var at = offset
    for _ in 0..<3 {
      if let speaker = speakers[at] { return speaker }
      if let last, Self.pronouns.contains(where: { text.has($0, before: at) }) { return last }
      guard let filler = Self.fillers.first(where: { text.has($0, before: at) }) else { return nil }
      at -= filler.utf8.count
    }
    return nil
  }

  private func paragraphEnd(from offset: Int, in text: SourceText) -> Int {
    text.firstOffset(of: "\n", in: offset..<text.count) ?? text.count
  }
}
