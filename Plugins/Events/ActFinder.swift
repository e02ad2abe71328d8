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
    /// Days since 1970-01-01.
    var since: Int32?
  }

  /// Bytes between a verb and the agreement that is signed.
  private static let titleReach = 90
  /// Bytes between a verb and the organisation that is founded or joined.
  static let nameReach = 13

  func signings(in context: EventContext) -> [Event] {
    let parties = Dictionary(grouping: context.document.placed(dk_party.self)) {
      $0.row.agreement.row
    }
    let signed = context.signedAgreements()
    var seen: Set<UInt32> = []
    return context.mentions.compactMap { mention in
      guard mention.isA(dk_agreement.self), let agreement = signed[mention.entity.row] else {
        return nil
      }
      let sentence = context.sentence(around: mention.range)
      guard let verb = verb(before: mention.range, in: sentence, context),
        seen.insert(mention.entity.row).inserted
      else { return nil }
      let start =
        parties[mention.entity.row] == nil ? verb : min(verb, partyStart(sentence, verb, context))
      var event = Event(
        kind: Int(DK_SIGNING), evidence: start..<mention.range.upperBound, confidence: 0.9)
      event.object = mention.entity
      if agreement.states(6) {
        (event.start, event.end) = (agreement.signed_on, agreement.signed_on)
      } else if !context.text.has("的", before: mention.range.lowerBound) {
        // 落实…签署的《…》 speaks of another time.
        event.take(context.month(in: sentence.lowerBound..<verb))
      }
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

  private func verb(
    before title: Range<Int>, in sentence: Range<Int>, _ context: EventContext
  ) -> Int? {
    let start = max(sentence.lowerBound, title.lowerBound - Self.titleReach)
    let verb = context.verbs.beginning(in: start..<title.lowerBound).last { $0.kind == .sign }
    guard let verb,
      context.text.clauses(in: verb.range.upperBound..<title.lowerBound).count <= 1
    else { return nil }
    return verb.range.lowerBound
  }

  /// 北京市旅发委联合包括赤峰、乌兰察布在内的地区发起成立了“…平台”.
  func foundings(in context: EventContext) -> (events: [Event], memberships: [Membership]) {
    var events: [Event] = []
    var memberships: [Membership] = []
    var seen: Set<UInt32> = []
    for verb in context.verbs where [.found, .initiate].contains(verb.kind) {
      let behind = verb.range.upperBound..<verb.range.upperBound + Self.nameReach
      guard
        let organisation = context.mentions.beginning(in: behind)
          .first(where: { $0.isA(dk_organisation.self) }),
        !seen.contains(organisation.entity.row)
      else { continue }
      let before = context.sentence(around: verb.range).lowerBound..<verb.range.lowerBound
      guard isDone(verb, in: before, context) else { continue }
      seen.insert(organisation.entity.row)
      let founder = context.entities(dk_agency.self, in: before).first
      let start = founder?.range.lowerBound ?? verb.range.lowerBound
      var event = Event(
        kind: Int(DK_FOUNDING), name: context.text.string(organisation.range),
        evidence: start..<organisation.range.upperBound, confidence: 0.9)
      event.object = organisation.entity
      event.take(context.lastTime(in: before))
      if let founder {
        event.add([.init(who: founder.entity, role: Int(DK_FOUNDER), range: founder.range)])
      }
      let since = context.since(of: start, or: verb.range.lowerBound, in: before)
      let members = (founder.map { [$0] } ?? []) + members(in: before, context)
      memberships += members.enumerated().map { index, member in
        let isFounder = index == 0 && founder != nil || verb.kind == .initiate
        return Membership(
          member: member, organisation: organisation.entity,
          role: Int(isFounder ? DK_FOUNDED_IT : DK_MEMBER), evidence: member.range,
          since: since)
      }
      events.append(event)
    }
    return (events, memberships)
  }

  /// Who stands between 包括 and 在内, or behind 联合.
  private func members(in range: Range<Int>, _ context: EventContext) -> [EntityMention] {
    let text = context.text
    guard let start = text.firstOffset(of: "包括", in: range) ?? text.firstOffset(of: "联合", in: range)
    else { return [] }
    let end = text.firstOffset(of: "在内", in: start..<range.upperBound) ?? range.upperBound
    let agencies = context.entities(dk_agency.self, in: start..<end)
    return context.entities(dk_place.self, in: start..<end).filter { place in
      !agencies.contains { $0.range.overlaps(place.range) }
    } + agencies
  }

  /// 赤峰市敖汉旗旅游局、… + 向 + 北京市对口帮扶单位 + 介绍了.
  func presentations(in context: EventContext) -> [Event] {
    let text = context.text
    return context.sentences(.present).compactMap { sentence, found in
      let verb = found.range.lowerBound
      guard let toward = text.firstOffset(of: "向", in: sentence.lowerBound..<verb) else {
        return nil
      }
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
    var visits = Visits()
    for (sentence, verb) in context.sentences(.visit, .lead).flatMap({ further($0, context) }) {
      var behind = verb.range.upperBound..<sentence.upperBound
      if verb.kind == .lead {
        guard let going = context.text.firstOffset(of: "赴", in: behind) else { continue }
        behind = going..<sentence.upperBound
      }
      guard isByGuests(verb.range, in: context.text), let host = host(in: behind, context) else {
        continue
      }
      let before = context.withoutByline(sentence.lowerBound..<verb.range.lowerBound)
      let guests =
        context.entities(dk_person.self, in: before) + context.entities(dk_agency.self, in: before)
      let start = guests.map(\.range.lowerBound).min() ?? verb.range.lowerBound
      var event = Event(
        kind: Int(DK_VISIT), evidence: start..<host.range.upperBound, confidence: 0.8)
      if host.isA(dk_place.self) { event.place = host.entity }
      event.take(context.date(in: sentence))
      event.add(guests.map { .init(who: $0.entity, role: Int(DK_ATTENDEE), range: $0.range) })
      if host.isA(dk_agency.self) {
        event.add([.init(who: host.entity, role: Int(DK_COUNTERPART), range: host.range)])
      }
      visits.add(event, to: host.entity)
    }
    return visits.events
  }

  /// 一行8人赴: whether those are counted who go.
  private func isByGuests(_ verb: Range<Int>, in text: SourceText) -> Bool {
    guard text.has("人", at: verb.lowerBound) else { return true }
    let reach = max(0, verb.lowerBound - 15)..<verb.lowerBound
    return text.firstOffset(of: "一行", in: reach) != nil
  }

  /// A sentence that tells of several visits, each with its own part.
  private func further(
    _ first: (range: Range<Int>, verb: ActVerb), _ context: EventContext
  ) -> [(range: Range<Int>, verb: ActVerb)] {
    let rest = first.verb.range.upperBound..<first.range.upperBound
    let others = context.verbs.beginning(in: rest).filter { $0.kind == .visit }
    guard first.verb.kind == .visit, !others.isEmpty else { return [first] }
    let verbs = [first.verb] + others
    var start = first.range.lowerBound
    return verbs.indices.map { index in
      let next = index + 1 < verbs.count ? verbs[index + 1].range.lowerBound : rest.upperBound
      let clauses = context.text.clauses(in: verbs[index].range.upperBound..<next)
      let end = index + 1 < verbs.count ? clauses.first?.upperBound ?? next : next
      defer { start = end }
      return (start..<end, verbs[index])
    }
  }

  /// The place that is named first, the lowest of 赤峰市敖汉旗, or the agency if none stands before it.
  private func host(in range: Range<Int>, _ context: EventContext) -> EntityMention? {
    let mentions = context.mentions.beginning(in: range)
    let agency = mentions.first { $0.isA(dk_agency.self) }
    guard let place = mentions.first(where: { $0.isA(dk_place.self) }),
      place.range.lowerBound <= agency?.range.lowerBound ?? .max
    else { return agency }
    return context.lowest(from: place)
  }
}
