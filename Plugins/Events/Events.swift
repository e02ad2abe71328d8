import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds what took place: a `duikou.event` for each meeting, signing, founding, presentation and visit, a
/// `duikou.participant` for each one who took part, a `duikou.membership` for who belongs to what was founded.
struct Events: Extractor, ConfiguredMethod {
  static let summary =
    "Finds meetings, signings, foundings, presentations and visits, and who took part."
  static let uses: [Use] = [
    .reads(dk_mention.self), .readsIfPresent(dk_place.self), .readsIfPresent(dk_agency.self),
    .readsIfPresent(dk_person.self), .readsIfPresent(dk_agreement.self),
    .readsIfPresent(dk_party.self), .readsIfPresent(dk_organisation.self),
    .readsIfPresent(dk_date.self), .readsIfPresent(dk_segment.self), .writes(dk_event.self),
    .writes(dk_participant.self), .writes(dk_membership.self),
  ]

  private let meetings: MeetingFinder
  private let acts = ActFinder()
  private let verbs: ActVerbs

  init(_ configuration: Configuration<EventsSettings>) throws {
    meetings = MeetingFinder(
      meetings: try configuration.table(
        \.meetings, before: PackageResources.meetings_tsv, kinds: 1),
      starts: DataTable(PackageResources.starts_tsv),
      references: DataTable(PackageResources.references_tsv))
    verbs = ActVerbs(try configuration.table(\.acts, before: PackageResources.acts_tsv, kinds: 1))
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let context = EventContext(document, verbs)
      let foundings = acts.foundings(in: context)
      var events =
        meetings.events(in: context) + acts.signings(in: context) + foundings.events
        + acts.presentations(in: context) + acts.visits(in: context)
      Attendance.add(to: &events, in: context)
      for event in events { try append(event, to: document) }
      let memberships = ActFinder.merged(foundings.memberships + acts.joinings(in: context))
      for membership in memberships {
        try append(membership, to: document)
      }
    }
  }

  private func append(_ event: Event, to document: NormalDocument) throws {
    var row = dk_event()
    row.kind = UInt32(event.kind)
    row.state(6)
    if !event.name.isEmpty { row.name = try document.call.intern(event.name) }
    if let place = event.place { row.place = place }
    if let object = event.object { row.object = object }
    if let start = event.start {
      row.start = start
      row.state(4)
    }
    if let end = event.end {
      row.end = end
      row.state(5)
    }
    let reference = try document.append(row, at: event.evidence, confidence: event.confidence)
    for participant in event.participants {
      var row = dk_participant()
      row.event = reference
      row.who = participant.who
      row.role = UInt32(participant.role)
      row.state(3)
      try document.append(row, at: participant.range, confidence: event.confidence * 0.95)
    }
  }

  private func append(_ membership: ActFinder.Membership, to document: NormalDocument) throws {
    var row = dk_membership()
    row.member = membership.member.entity
    row.organisation = membership.organisation
    row.role = UInt32(membership.role)
    row.state(4)
    if let since = membership.since {
      row.since = since
      row.state(3)
    }
    try document.append(row, at: membership.evidence, confidence: 0.85)
  }
}
