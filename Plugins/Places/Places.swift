import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds administrative divisions: a `duikou.place` for each division of a document, a
/// `duikou.mention` for each time it is named.
struct Places: Extractor, ConfiguredMethod {
  static let summary = "Finds administrative divisions with their GB/T 2260 codes."
  static let uses: [Use] = [
    .readsIfPresent(dk_segment.self), .writes(dk_place.self), .writes(dk_mention.self),
  ]

  private let gazetteer: Gazetteer

  init(_ configuration: Configuration<PlacesSettings>) throws {
    let files = [
      ("divisions", configuration.bytes(\.divisions)),
      ("divisions_2", configuration.bytes(\.divisions2)),
      ("divisions_3", configuration.bytes(\.divisions3)),
      ("divisions_4", configuration.bytes(\.divisions4)),
    ]
    gazetteer = Gazetteer(
      Gazetteer.Tables(
        divisions: DataTable(PackageResources.divisions_tsv),
        counties: DataTable(PackageResources.counties_tsv),
        renames: DataTable(PackageResources.renames_tsv),
        references: DataTable(PackageResources.references_tsv),
        hints: DataTable(PackageResources.hints_tsv),
        words: try configuration.table(\.words, before: PackageResources.not_places_tsv)),
      own: try DivisionList(files.compactMap { file in file.1.map { (file.0, $0) } }))
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { try extract($0) }
  }

  private func extract(_ document: NormalDocument) throws {
    let row = document.document.row
    let mentions = PlaceFinder.mentions(
      in: document.text, parts: document.parts, gazetteer: gazetteer,
      year: row.states(5) ? CalendarDay(days: row.published).year : nil)
    let wanted = Dictionary(grouping: mentions, by: \.division).values
      .flatMap { document.preferringText($0, at: \.range) }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
    var places: [Int: dk_ref] = [:]
    for mention in wanted {
      let place = try places[mention.division] ?? append(mention, to: document)
      places[mention.division] = place
      try append(mention, of: place, to: document)
    }
  }

  private func append(_ mention: PlaceMention, to document: NormalDocument) throws -> dk_ref {
    let division = gazetteer.divisions[mention.division]
    var place = dk_place()
    place.code = division.code
    place.parent = division.parent
    place.level = division.level
    place.name = try document.call.intern(division.name)
    place.state(1)
    if division.parent != 0 { place.state(2) }
    place.state(4)
    if let longitude = division.longitude, let latitude = division.latitude {
      (place.lon, place.lat) = (longitude, latitude)
      place.state(5)
      place.state(6)
    }
    return try document.append(
      place, at: mention.range, confidence: mention.confidence, flags: mention.flags)
  }

  private func append(
    _ mention: PlaceMention, of place: dk_ref, to document: NormalDocument
  ) throws {
    let name = gazetteer.divisions[mention.division].name
    var row = dk_mention()
    row.entity = place
    row.kind = UInt32(
      mention.basis == .reference
        ? DK_REFERENCE : mention.range.count == name.utf8.count ? DK_NAME : DK_SHORT_NAME)
    row.state(2)
    try document.append(
      row, at: mention.range, confidence: mention.confidence, flags: mention.flags)
  }
}

extension PlaceMention {
  /// The row flags that say how the division is named.
  fileprivate var flags: Int {
    switch basis {
    case .name, .ancestorInFront, .list: 0
    case .document: Int(DK_INFERRED)
    case .reference: Int(DK_COREFERENT)
    }
  }
}
