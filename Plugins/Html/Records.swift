import DuikouPlugin
import DuikouReading

/// The image's rows, by what they belong to. Made once for all documents, in time linear in the
/// rows.
struct Records {
  let image: Image
  let segments: RecordTable<dk_segment>
  let mentions: RecordTable<dk_mention>
  let runs: RecordTable<dk_run>
  let pieces: RecordTable<dk_piece>
  let places: RecordTable<dk_place>
  let agencies: RecordTable<dk_agency>
  let people: RecordTable<dk_person>
  let positions: RecordTable<dk_position>
  let agreements: RecordTable<dk_agreement>
  let parties: RecordTable<dk_party>
  let dates: RecordTable<dk_date>
  let figures: RecordTable<dk_figure>
  let pairings: RecordTable<dk_pairing>
  let events: RecordTable<dk_event>
  let participants: RecordTable<dk_participant>
  let commitments: RecordTable<dk_commitment>
  let projects: RecordTable<dk_project>
  let brands: RecordTable<dk_brand>
  let organisations: RecordTable<dk_organisation>
  let memberships: RecordTable<dk_membership>
  let regions: RecordTable<dk_region>
  let needs: RecordTable<dk_need>
  let flows: RecordTable<dk_flow>

  private let mentionsByEntity: [EntityKind: Grouping]
  private let positionsByPerson: Grouping
  private let partiesByAgreement: Grouping
  private let participantsByEvent: Grouping
  private let divisions: [UInt32: dk_str]

  init(_ image: Image) {
    self.image = image
    segments = RecordTable(image)
    mentions = RecordTable(image)
    runs = RecordTable(image)
    pieces = RecordTable(image)
    places = RecordTable(image)
    agencies = RecordTable(image)
    people = RecordTable(image)
    positions = RecordTable(image)
    agreements = RecordTable(image)
    parties = RecordTable(image)
    dates = RecordTable(image)
    figures = RecordTable(image)
    pairings = RecordTable(image)
    events = RecordTable(image)
    participants = RecordTable(image)
    commitments = RecordTable(image)
    projects = RecordTable(image)
    brands = RecordTable(image)
    organisations = RecordTable(image)
    memberships = RecordTable(image)
    regions = RecordTable(image)
    needs = RecordTable(image)
    flows = RecordTable(image)
    let entities = mentions.rows.map(\.entity)
    mentionsByEntity = Dictionary(
      uniqueKeysWithValues: EntityKind.allCases.map { kind in
        (kind, Grouping(of: entities, naming: kind.type, count: image.count(of: kind.type)))
      })
    positionsByPerson = Grouping(
      of: positions.rows.map(\.person), naming: dk_person.typeID, count: people.rows.count)
    participantsByEvent = Grouping(
      of: participants.rows.map(\.event), naming: dk_event.typeID, count: events.rows.count)
    partiesByAgreement = Grouping(
      of: parties.rows.map(\.agreement), naming: dk_agreement.typeID,
      count: agreements.rows.count)
    divisions = Dictionary(places.rows.map { ($0.code, $0.name) }) { first, _ in first }
  }

  /// How many entities of a kind a document has.
  func count(of kind: EntityKind, in document: Document) -> Int {
    switch kind {
    case .agreement: agreements.indices(in: document).count
    case .agency: agencies.indices(in: document).count
    case .person: people.indices(in: document).count
    case .place: places.indices(in: document).count
    }
  }

  /// Indices of the mentions of an entity.
  func mentions(of entity: dk_ref) -> ArraySlice<Int> {
    guard let kind = EntityKind(type: entity.type), entity.row > 0 else { return [] }
    return mentionsByEntity[kind]?[Int(entity.row) - 1] ?? []
  }

  /// Indices of the positions that a person holds.
  func positions(ofPerson index: Int) -> ArraySlice<Int> { positionsByPerson[index] }

  /// The parties of an agreement, in their order.
  func parties(ofAgreement index: Int) -> [dk_party] {
    partiesByAgreement[index].map { parties.rows[$0] }.sorted { $0.order < $1.order }
  }

  /// Who took part in an event.
  func participants(ofEvent index: Int) -> [dk_participant] {
    participantsByEvent[index].map { participants.rows[$0] }
  }

  /// The runs of a document that did not end well.
  func failures(in document: Document) -> [dk_run] {
    runs.indices(in: document).map { runs.rows[$0] }.filter { $0.status != DK_OK }
  }

  /// The piece of the file in which a row's words begin; nil for a text that is a file of its own. Pieces stand in the
  /// order of the text.
  func piece(of row: dk_row, in document: Document) -> dk_piece? {
    let pieces = pieces.indices(in: document)
    let next = pieces.partitioningIndex {
      self.pieces.rows[$0].row.evidence.off > row.evidence.off
    }
    guard next > pieces.startIndex else { return nil }
    let piece = self.pieces.rows[pieces[next - 1]]
    let end = UInt64(piece.row.evidence.off) + UInt64(piece.row.evidence.len)
    return UInt64(row.evidence.off) < end ? piece : nil
  }

  /// A document's title, or where it has none its address.
  func title(of document: Document) -> Name {
    let title = image.text(of: document.row.title).flatMap { $0.isEmpty ? nil : $0 }
    return Name(title ?? image.text(of: document.row.uri) ?? image.text(in: dk_span()))
  }

  /// The full name of the division with a code, if the image has it.
  func division(_ code: UInt32) -> Name? {
    divisions[code].flatMap(image.text).map { Name($0) }
  }

  /// The full name of an entity; nil where there is no such row, or where it has no name.
  func name(of entity: dk_ref) -> Name? {
    switch EntityKind(type: entity.type) {
    case .agreement:
      image.row(entity, as: dk_agreement.self).flatMap { image.text(of: $0.title) }
        .map { Name($0, isTitle: true) }
    case .agency:
      image.row(entity, as: dk_agency.self).flatMap { image.text(of: $0.name) }.map { Name($0) }
    case .person:
      image.row(entity, as: dk_person.self).flatMap { image.text(of: $0.name) }.map { Name($0) }
    case .place:
      image.row(entity, as: dk_place.self).flatMap { image.text(of: $0.name) }.map { Name($0) }
    case nil: nil
    }
  }
}
