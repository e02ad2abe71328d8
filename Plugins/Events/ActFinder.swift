import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds signings, foundings, presentations and visits by their verbs.
struct ActFinder: Sendable {
  /// A place or agency that belongs to an organisation.
  struct Membership {
    let member: EntityMention
    let organisation: dk_ref
    let role: Int
    let evidence: Range<Int>
  }

  private static let signing = ["签署", "签订", "签下", "签约"]
  private static let founding = Lexicon(
    ["发起成立", "共同成立", "联合成立", "成立", "组建", "共同组建", "联合发起", "发起组建"].map { ($0, 0) })
  private static let presenting = ["介绍", "汇报", "推介", "通报"]
  private static let visiting = Lexicon(
    ["代表团到", "代表团赴", "代表团来访", "带队赴", "带队到", "率队赴", "率队到", "率团赴", "带领"].map { ($0, 0) })

  func signings(in context: EventContext) -> [Event] {
    let parties = Dictionary(grouping: context.document.placed(dk_party.self)) {
      $0.row.agreement.row
    }
    var seen: Set<UInt32> = []
    return context.mentions.compactMap { mention in
      guard mention.isA(dk_agreement.self) else { return nil }
      let sentence = context.sentence(around: mention.range)
      guard let verb = verb(before: mention.range, in: sentence, context.text),
        seen.insert(mention.entity.row).inserted
      else { return nil }
      let start =
        parties[mention.entity.row] == nil ? verb : min(verb, partyStart(sentence, verb, context))
      var event = Event(
        kind: Int(DK_SIGNING), evidence: start..<mention.range.upperBound, confidence: 0.9)
      event.object = mention.entity
      // 落实…签署的《…》 speaks of another day.
      let isPast = context.text.has("的", before: mention.range.lowerBound)
      if !isPast { event.take(context.date(in: sentence.lowerBound..<verb)) }
      event.add(
        (parties[mention.entity.row] ?? []).map {
          .init(who: $0.row.party, role: Int(DK_SIGNATORY), range: $0.range)
        })
      return event
    }
  }

  /// Where the first of those begins who stand right before the verb.
  private func partyStart(_ sentence: Range<Int>, _ verb: Int, _ context: EventContext) -> Int {
    let clause = context.text.clauses(in: sentence.lowerBound..<verb).last ?? sentence
    return context.entities(dk_agency.self, in: clause).first?.range.lowerBound ?? verb
  }

  private func verb(before title: Range<Int>, in sentence: Range<Int>, _ text: SourceText) -> Int? {
    let reach = max(sentence.lowerBound, title.lowerBound - 90)..<title.lowerBound
    return Self.signing.compactMap { text.firstOffset(of: $0, in: reach) }.max()
  }

  /// 北京市旅发委联合包括赤峰、乌兰察布在内的地区发起成立了“…平台”.
  func foundings(in context: EventContext) -> (events: [Event], memberships: [Membership]) {
    var events: [Event] = []
    var memberships: [Membership] = []
    var seen: Set<UInt32> = []
    for part in context.document.parts {
      for match in Self.founding.matches(in: context.text, range: part) {
        guard
          let organisation = context.mentions.beginning(in: match.end..<match.end + 13)
            .first(where: { $0.isA(dk_organisation.self) }),
          seen.insert(organisation.entity.row).inserted
        else { continue }
        let sentence = context.sentence(around: match.range)
        let before = sentence.lowerBound..<match.start
        let founder = context.entities(dk_agency.self, in: before).first
        var event = Event(
          kind: Int(DK_FOUNDING),
          evidence: (founder?.range.lowerBound ?? match.start)..<organisation.range.upperBound,
          confidence: 0.9)
        event.name = context.text.string(organisation.range)
        event.object = organisation.entity
        event.take(context.date(in: before))
        if let founder {
          event.add([.init(who: founder.entity, role: Int(DK_FOUNDER), range: founder.range)])
        }
        let members = (founder.map { [$0] } ?? []) + members(in: before, context)
        let isFounding = context.text.string(match.range).contains("发起")
        memberships += members.enumerated().map { index, member in
          Membership(
            member: member, organisation: organisation.entity,
            role: Int(index == 0 && founder != nil || isFounding ? DK_FOUNDED_IT : DK_MEMBER),
            evidence: member.range)
        }
        events.append(event)
      }
    }
    return (events, memberships)
  }

  /// Who stands between 包括 and 在内, or behind 联合.
  private func members(in range: Range<Int>, _ context: EventContext) -> [EntityMention] {
    let text = context.text
    guard let start = text.firstOffset(of: "包括", in: range) ?? text.firstOffset(of: "联合", in: range)
    else { return [] }
    let end = text.firstOffset(of: "在内", in: start..<range.upperBound) ?? range.upperBound
    return context.entities(dk_place.self, in: start..<end)
      + context.entities(dk_agency.self, in: start..<end)
  }

  /// 赤峰市敖汉旗旅游局、… + 向 + 北京市对口帮扶单位 + 介绍了.
  func presentations(in context: EventContext) -> [Event] {
    let text = context.text
    return context.document.sentences.compactMap { sentence in
      guard let verb = Self.presenting.compactMap({ text.firstOffset(of: $0, in: sentence) }).min(),
        let toward = text.firstOffset(of: "向", in: sentence.lowerBound..<verb)
      else { return nil }
      let speakers = context.entities(dk_agency.self, in: sentence.lowerBound..<toward)
      guard let first = speakers.first else { return nil }
      let clause = text.clauses(in: verb..<sentence.upperBound).first ?? verb..<sentence.upperBound
      var event = Event(
        kind: Int(DK_PRESENTATION), evidence: first.range.lowerBound..<clause.upperBound,
        confidence: 0.85)
      event.add(speakers.map { .init(who: $0.entity, role: Int(DK_SPEAKER), range: $0.range) })
      let heard = toward..<verb
      let agencies = context.mentions.beginning(in: heard).filter { $0.isA(dk_agency.self) }
      let audience = (context.groups.beginning(in: heard) + agencies).filter {
        $0.range.upperBound <= verb
      }
      event.add(audience.map { .init(who: $0.entity, role: Int(DK_AUDIENCE), range: $0.range) })
      return event
    }
  }

  /// 库伦旗政府代表团到 + 密云区; 孙书涛带领…赴 + 北京市农业农村局.
  func visits(in context: EventContext) -> [Event] {
    var events: [Event] = []
    for sentence in context.document.sentences {
      guard let match = Self.visiting.matches(in: context.text, range: sentence).first else {
        continue
      }
      var behind = match.end..<sentence.upperBound
      if context.text.string(match.range) == "带领" {
        guard let going = context.text.firstOffset(of: "赴", in: behind) else { continue }
        behind = going..<sentence.upperBound
      }
      let hosts =
        context.entities(dk_place.self, in: behind) + context.entities(dk_agency.self, in: behind)
      guard let host = hosts.min(by: { $0.range.lowerBound < $1.range.lowerBound }) else {
        continue
      }
      let guests =
        context.entities(dk_person.self, in: sentence.lowerBound..<match.start)
        + context.entities(dk_agency.self, in: sentence.lowerBound..<match.start)
      let start = guests.map(\.range.lowerBound).min() ?? match.start
      var event = Event(
        kind: Int(DK_VISIT), evidence: start..<host.range.upperBound, confidence: 0.8)
      if host.isA(dk_place.self) { event.place = host.entity }
      event.take(context.date(in: sentence))
      event.add(guests.map { .init(who: $0.entity, role: Int(DK_ATTENDEE), range: $0.range) })
      if host.isA(dk_agency.self) {
        event.add([.init(who: host.entity, role: Int(DK_COUNTERPART), range: host.range)])
      }
      if let known = events.firstIndex(where: { $0.isSameVisit(as: event) }) {
        events[known].take(context.date(in: sentence))
        events[known].add(event.participants)
      } else {
        events.append(event)
      }
    }
    return events
  }
}

extension Event {
  /// Whether the same guests go to the same place.
  fileprivate func isSameVisit(as other: Event) -> Bool {
    func hosts(_ event: Event) -> Set<UInt32> {
      Set(event.participants.filter { $0.role == Int(DK_COUNTERPART) }.map(\.who.row))
    }
    return place?.row == other.place?.row && hosts(self) == hosts(other)
  }
}
