import DuikouPlugin

/// The agreements of a document.
struct AgreementSection {
  let view: DocumentView

  func write() throws {
    let section = RecordSection(
      view: view, kind: .agreement, heading: "agreement",
      columns: ["agreement.title", "agreement.status", "agreement.parties", "agreement.term"])
    try section.write {
      for index in view.records.agreements.indices(in: view.document) {
        try write(index, to: section)
      }
    }
  }

  private func write(_ index: Int, to section: RecordSection) throws {
    let agreement = view.records.agreements.rows[index]
    let reference = view.records.agreements.rows.reference(index)
    let parties = view.records.parties(ofAgreement: index)
    try section.open(reference)
    try section.writeValues([
      title(of: agreement, reference), status(of: agreement),
      parties.isEmpty
        ? DocumentView.absent : parties.map { view.link(to: $0.party) }.joined(by: "<br>"),
      term(of: agreement),
    ])
    try section.writeEvidence(agreement.row, entity: reference)
    if let signing = parties.first { try section.writeEvidence(signing.row) }
    try section.close()
  }

  private func title(of agreement: dk_agreement, _ reference: dk_ref) -> Markup {
    var lines: [Markup] = [view.records.name(of: reference)?.markup ?? DocumentView.absent]
    if let number = view.records.image.string(agreement.number) {
      lines.append("<small>\(number)</small>")
    }
    if agreement.implements.row != 0 {
      let basis = view.link(to: agreement.implements)
      lines.append("<small>\(view.words["agreement.implements"]) \(basis)</small>")
    }
    return lines.joined(by: "")
  }

  private func status(of agreement: dk_agreement) -> Markup {
    var lines: [Markup] = []
    if (1...3).contains(agreement.status) {
      lines.append(
        """
        <span class="status s\(Int(agreement.status))">\
        \(view.words["agreement.status.\(agreement.status)"])</span>
        """)
    }
    if agreement.states(6) {
      lines.append("<small>\(days: agreement.signed_on)</small>")
    }
    return lines.isEmpty ? DocumentView.absent : lines.joined(by: "")
  }

  private func term(of agreement: dk_agreement) -> Markup {
    view.records.image.string(agreement.term).map { "\(view.words.duration($0))" }
      ?? DocumentView.absent
  }
}
