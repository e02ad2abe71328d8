import DuikouPlugin

/// The agencies of a document.
struct AgencySection {
  let view: DocumentView

  func write() throws {
    let section = RecordSection(
      view: view, kind: .agency, heading: "agency",
      columns: ["agency.name", "level", "agency.division", "agency.sector"])
    try section.write {
      for index in view.records.agencies.indices(in: view.document) {
        let agency = view.records.agencies.rows[index]
        let reference = view.records.agencies.rows.reference(index)
        try section.open(reference)
        try section.writeValues([
          view.records.name(of: reference)?.markup ?? DocumentView.absent,
          view.level(agency.level), division(of: agency), sector(of: agency),
        ])
        try section.writeEvidence(
          agency.row, entity: reference, facts: successor(of: agency))
        try section.close()
      }
    }
  }

  private func successor(of agency: dk_agency) -> [Markup] {
    guard let successor = view.records.image.text(of: agency.successor) else { return [] }
    let year = CivilDate(days: Int(agency.valid_until)).year
    let word =
      agency.states(6) ? view.words["agency.successor.after", year] : view.words["agency.successor"]
    return [
      """
      <span>\(word)\(view.words["colon"])\
      <span lang="\(view.language)">\(Name(successor).markup)</span></span>
      """
    ]
  }

  private func division(of agency: dk_agency) -> Markup {
    agency.states(3) ? view.division(agency.division) : DocumentView.absent
  }

  private func sector(of agency: dk_agency) -> Markup {
    guard let sector = view.records.image.string(agency.sector) else { return DocumentView.absent }
    return "<span class=\"short\">\(view.words.name(of: sector, in: "sector"))</span>"
  }
}
