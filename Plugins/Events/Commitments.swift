import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds what people say shall be done: a `duikou.commitment` for each proposal, promise, plan and advice, with the
/// text's words.
struct Commitments: Extractor, ConfiguredMethod {
  static let summary = "Finds proposals, promises, plans and advice, with who speaks."
  static let uses: [Use] = [
    .reads(dk_mention.self), .readsIfPresent(dk_agency.self), .readsIfPresent(dk_person.self),
    .readsIfPresent(dk_position.self), .readsIfPresent(dk_segment.self),
    .readsIfPresent(dk_date.self),
    .reads(dk_event.self),
    .writes(dk_commitment.self),
  ]

  private let speeches: SpeechFinder
  private let clauses: ClauseReader
  private let verbs: ActVerbs

  private static let plans = Lexicon(["计划", "方案", "打算", "安排"].map { ($0, 0) })

  init(_ configuration: Configuration<EventsSettings>) throws {
    speeches = SpeechFinder(
      try configuration.table(
        \.speech, before: PackageResources.speech_tsv, kinds: 1,
        more: CommitmentKind.allCases.map(\.rawValue)))
    clauses = ClauseReader(
      try configuration.table(\.clauses, before: PackageResources.clauses_tsv, kinds: 1))
    verbs = ActVerbs(try configuration.table(\.acts, before: PackageResources.acts_tsv, kinds: 1))
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let context = EventContext(document, verbs)
      for speech in speeches.speeches(in: context) {
        for action in clauses.actions(in: speech, context.text) {
          try append(action, speaker: speech.speaker, confidence: 0.78, to: document)
        }
      }
      try appendPlans(context)
      try appendAdvice(context)
    }
  }

  /// Who presents something, and 提出了…计划 in the same sentence.
  private func appendPlans(_ context: EventContext) throws {
    let text = context.text
    for event in context.document.placed(dk_event.self)
    where event.row.kind == UInt32(DK_PRESENTATION) {
      let sentence = context.sentence(around: event.range)
      guard let verb = text.firstOffset(of: "提出", in: event.range.lowerBound..<sentence.upperBound),
        let plan = Self.plans.matches(in: text, range: verb..<sentence.upperBound).last,
        let speaker = context.entities(dk_agency.self, in: sentence).first
      else { continue }
      let action = ClauseReader.Action(range: verb..<plan.end, kind: Int(DK_PLAN))
      try append(
        action, speaker: speaker.entity, event: event.reference, confidence: 0.8,
        to: context.document)
    }
  }

  /// 分别从区位、交通等各个方面对帮扶单位进行了建议和指导.
  private func appendAdvice(_ context: EventContext) throws {
    let text = context.text
    for (sentence, _) in context.sentences(.advise) {
      guard
        let given = text.firstOffset(of: "进行了", in: sentence)
          ?? text.firstOffset(of: "提出", in: sentence),
        let advice = context.verbs.beginning(in: given..<min(given + 45, sentence.upperBound))
          .first(where: { $0.kind == .advise })?.range,
        let from = text.firstOffset(of: "从", in: sentence.lowerBound..<given),
        text.firstOffset(of: "方面", in: from..<given) != nil
      else { continue }
      let before = sentence.lowerBound..<from
      let mentioned = context.mentions.beginning(in: before).filter { !$0.isA(dk_place.self) }
      let speaker = (context.groups.beginning(in: before) + mentioned).filter {
        $0.range.upperBound <= from
      }
      .min {
        ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
      }
      guard let speaker else { continue }
      let end =
        text.clauses(in: advice.lowerBound..<sentence.upperBound).first?.upperBound
        ?? advice.upperBound
      try append(
        .init(range: from..<end, kind: Int(DK_ADVICE)), speaker: speaker.entity, confidence: 0.8,
        to: context.document)
    }
  }

  private func append(
    _ action: ClauseReader.Action, speaker: dk_ref, event: dk_ref? = nil, confidence: Double,
    to document: NormalDocument
  ) throws {
    var row = dk_commitment()
    row.speaker = speaker
    if let event { row.event = event }
    row.action = try document.call.intern(document.string(action.range))
    row.kind = UInt32(action.kind)
    row.state(5)
    try document.append(row, at: action.range, confidence: confidence, flags: Int(DK_QUOTED))
  }
}
