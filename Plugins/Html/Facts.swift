import DuikouPlugin

/// What a document states besides its entities: who helps whom, what took place, what was promised.
struct Facts {
  let view: DocumentView

  private var records: Records { view.records }

  /// Writes the sections that have something.
  func write() throws {
    for section in sections { try section.write() }
  }

  /// Each section's name and how many records it has.
  var counts: [(name: String, count: Int)] {
    sections.map { ($0.name, $0.count) }
  }

  private struct Section {
    let name: String
    let count: Int
    let write: () throws -> Void

    init<R: Row>(_ section: FactSection<R>) {
      (name, count, write) = (section.name, section.count, section.write)
    }
  }

  private var sections: [Section] {
    [
      Section(pairings), Section(events), Section(commitments), Section(projects), Section(brands),
      Section(organisations), Section(memberships), Section(regions), Section(needs),
      Section(flows),
    ]
  }

  private var pairings: FactSection<dk_pairing> {
    FactSection(
      view: view, name: "pairing", table: records.pairings,
      columns: ["helper", "helped", "kind", "since", "units"]
    ) { _, row in
      let units = [(7, row.helper_units), (8, row.helped_units)].filter { row.states($0.0) }
        .map { "\(Int($0.1))" as Markup }
      let since = row.states(4) ? row.since : row.as_of
      return [
        view.link(to: row.helper), view.link(to: row.helped), text(row.kind),
        row.states(4) || row.states(6) ? "\(days: since)" : DocumentView.absent,
        units.isEmpty ? DocumentView.absent : units.joined(by: " → "),
      ]
    }
  }

  private var events: FactSection<dk_event> {
    FactSection(
      view: view, name: "event", table: records.events,
      columns: ["name", "kind", "date", "place", "participants"]
    ) { index, row in
      let name = row.object.row != 0 ? text(of: row.object) : text(row.name)
      let people = records.participants(ofEvent: index)
      return [
        name, value(row.kind, "event.kind"),
        days(of: row), view.link(to: row.place),
        people.isEmpty
          ? DocumentView.absent
          : people.map {
            "\(view.link(to: $0.who)) <small>\(value($0.role, "role"))</small>" as Markup
          }
          .joined(by: comma),
      ]
    }
  }

  /// One day, or the first and the last.
  private func days(of event: dk_event) -> Markup {
    guard event.states(4) else { return DocumentView.absent }
    let start: Markup = "\(days: event.start)"
    return event.states(5) && event.end != event.start ? "\(start) – \(days: event.end)" : start
  }

  private var commitments: FactSection<dk_commitment> {
    FactSection(
      view: view, name: "commitment", table: records.commitments,
      columns: ["speaker", "kind", "action"]
    ) { [view.link(to: $1.speaker), value($1.kind, "commitment.kind"), text($1.action)] }
  }

  private var projects: FactSection<dk_project> {
    FactSection(
      view: view, name: "project", table: records.projects,
      columns: ["name", "owner", "place", "amount", "status"]
    ) { _, row in
      [
        text(row.name), text(of: row.owner), view.link(to: row.place),
        row.states(4) ? yuan(row.amount) : DocumentView.absent,
        value(row.status, "project.status"),
      ]
    }
  }

  private var brands: FactSection<dk_brand> {
    FactSection(
      view: view, name: "label", table: records.brands, columns: ["name", "kind", "of", "by"]
    ) {
      [text($1.name), value($1.kind, "label.kind"), view.link(to: $1.of), view.link(to: $1.by)]
    }
  }

  private var organisations: FactSection<dk_organisation> {
    FactSection(
      view: view, name: "organisation", table: records.organisations, columns: ["name", "kind"]
    ) { [text($1.name), value($1.kind, "organisation.kind")] }
  }

  private var memberships: FactSection<dk_membership> {
    FactSection(
      view: view, name: "membership", table: records.memberships,
      columns: ["member", "organisation", "role", "since"]
    ) { _, row in
      [
        view.link(to: row.member), text(of: row.organisation), value(row.role, "membership.role"),
        row.states(3) ? "\(days: row.since)" : DocumentView.absent,
      ]
    }
  }

  private var regions: FactSection<dk_region> {
    FactSection(view: view, name: "region", table: records.regions, columns: ["name", "members"]) {
      [text($1.name), members(of: $1)]
    }
  }

  private func members(of region: dk_region) -> Markup {
    let codes = records.image.string(region.members)?.split(separator: " ") ?? []
    guard !codes.isEmpty else { return DocumentView.absent }
    return codes.map { code in UInt32(code).map(view.division) ?? "\(String(code))" }
      .joined(by: comma)
  }

  private var needs: FactSection<dk_need> {
    FactSection(
      view: view, name: "need", table: records.needs, columns: ["party", "kind", "topic"]
    ) { [view.link(to: $1.party), value($1.kind, "need.kind"), text($1.topic)] }
  }

  private var flows: FactSection<dk_flow> {
    FactSection(
      view: view, name: "flow", table: records.flows,
      columns: ["to", "from", "visitors", "spending"]
    ) { _, row in
      [
        view.link(to: row.to), view.link(to: row.from),
        row.states(5) ? "\(Int(row.visitors))" : DocumentView.absent,
        row.states(6) ? yuan(row.spending) : DocumentView.absent,
      ]
    }
  }

  /// What stands between the items of a list.
  private var comma: Markup { view.words.language == "en" ? ", " : "、" }

  private func text(_ string: dk_str) -> Markup {
    records.image.string(string).map { "\($0)" } ?? DocumentView.absent
  }

  /// The name of an agreement or organisation, with a link where it has a record on the page.
  private func text(of entity: dk_ref) -> Markup {
    if let organisation = records.image.row(entity, as: dk_organisation.self) {
      return text(organisation.name)
    }
    return view.link(to: entity)
  }

  private func yuan(_ fen: Int64) -> Markup {
    let amount = "\(Decimal(fen, exponent: -2))"
    return "\(amount) 元"
  }

  private func value(_ value: UInt32, _ field: String) -> Markup {
    value == 0 ? DocumentView.absent : "\(view.words.name(of: "\(value)", in: field))"
  }
}
