import DuikouPlugin

/// Where links into a document's text lead.
struct Anchors {
  /// In the order in which they open.
  private(set) var marks: [Mark] = []
  private var contents: [Range<Int>: Mark.Content] = [:]
  private let document: Document

  /// Entities whose records are listed, and whose every mention would be too much colour.
  private static let unmarked = [dk_region.typeID, dk_organisation.typeID]

  init(_ document: Document, _ records: Records) {
    self.document = document
    for index in records.mentions.indices(in: document) {
      let mention = records.mentions.rows[index]
      let kind = EntityKind(type: mention.entity.type)
      if kind == nil, Self.unmarked.contains(mention.entity.type) { continue }
      add(mention.row, .mention(index), layer: (kind?.rawValue ?? EntityKind.allCases.count) + 1)
    }
    addEvidence(records.agreements)
    addEvidence(records.parties)
    addEvidence(records.positions)
    addEvidence(records.people)
    addEvidence(records.agencies)
    addEvidence(records.places)
    addEvidence(records.dates)
    addEvidence(records.figures)
    addEvidence(records.pairings)
    addEvidence(records.events)
    addEvidence(records.commitments)
    addEvidence(records.projects)
    addEvidence(records.brands)
    addEvidence(records.organisations)
    addEvidence(records.memberships)
    addEvidence(records.needs)
    addEvidence(records.flows)
    marks.sort { $0.opens(before: $1) }
  }

  /// The id of the element at which a row was read; nil where it has no place in this document.
  func id(of row: dk_row) -> Markup? {
    document.validRange(of: row).flatMap { contents[$0] }.map(id)
  }

  /// The id of a mark's element.
  func id(of content: Mark.Content) -> Markup {
    switch content {
    case .mention(let index): "m\(index + 1)"
    case .evidence(let number): "e\(document.index + 1)-\(number)"
    }
  }

  private mutating func addEvidence(_ table: RecordTable<some Row>) {
    for index in table.indices(in: document) {
      let row = table.rows[index].row
      guard let range = document.validRange(of: row), contents[range] == nil else { continue }
      add(row, .evidence(contents.count + 1), layer: 0)
    }
  }

  private mutating func add(_ row: dk_row, _ content: Mark.Content, layer: Int) {
    guard let range = document.validRange(of: row) else { return }
    marks.append(Mark(range: range, content: content, layer: layer))
    if contents[range] == nil { contents[range] = content }
  }
}
