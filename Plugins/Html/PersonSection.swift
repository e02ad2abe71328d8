import DuikouPlugin

/// The people of a document with their positions.
struct PersonSection {
  let view: DocumentView

  func write() throws {
    let section = RecordSection(
      view: view, kind: .person, heading: "person.positions",
      columns: ["person.name", "person.title", "person.agency"])
    try section.write {
      for index in view.records.people.indices(in: view.document) { try write(index, to: section) }
    }
  }

  private func write(_ index: Int, to section: RecordSection) throws {
    let reference = view.records.people.rows.reference(index)
    let name = view.records.name(of: reference)?.markup ?? DocumentView.absent
    let positions = view.records.positions(ofPerson: index).map { view.records.positions.rows[$0] }
    try section.open(reference)
    if positions.isEmpty {
      try section.writeValues([name, DocumentView.absent, DocumentView.absent])
      try section.writeEvidence(view.records.people.rows[index].row, entity: reference)
    }
    for (number, position) in positions.enumerated() {
      let isLast = number == positions.count - 1
      try section.writeValues([
        number == 0 ? name : Markup(), title(of: position), view.link(to: position.agency),
      ])
      try section.writeEvidence(
        position.row, entity: isLast ? reference : nil, facts: date(of: position))
    }
    try section.close()
  }

  private func title(of position: dk_position) -> Markup {
    view.records.image.string(position.title).map { "\($0)" } ?? DocumentView.absent
  }

  private func date(of position: dk_position) -> [Markup] {
    guard position.states(4) else { return [] }
    return ["<i>\(view.words["as_of"]) \(days: position.as_of)</i>"]
  }
}
