import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds people: a `duikou.person` for each one of a document, a `duikou.position` for each title
/// that she bears at an agency, a `duikou.mention` for each time she is named.
struct People: Extractor, ConfiguredMethod {
  static let summary = "Finds people with their titles and agencies."
  static let uses: [Use] = [
    .readsIfPresent(dk_agency.self), .readsIfPresent(dk_place.self),
    .readsIfPresent(dk_segment.self), .readsAndWrites(dk_mention.self), .writes(dk_person.self),
    .writes(dk_position.self),
  ]

  private let grammar: NameGrammar
  private let titles: TitleTable

  init(_ configuration: Configuration<PeopleSettings>) throws {
    grammar = NameGrammar(
      surnames: try configuration.table(
        \.surnames, before: PackageResources.surnames_tsv, kinds: 1),
      words: try configuration.table(\.words, before: PackageResources.words_tsv, kinds: 0))
    titles = TitleTable(
      try configuration.table(\.titles, before: PackageResources.titles_tsv, kinds: 1))
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { try extract($0) }
  }

  private func extract(_ document: NormalDocument) throws {
    let people = PersonFinder.people(
      in: document.text, parts: document.parts, surroundings: Surroundings(document),
      grammar: grammar, titles: titles)
    for var person in people {
      person.mentions = document.preferringText(person.mentions, at: \.range)
      try append(person, to: document)
    }
  }

  private func append(_ person: Person, to document: NormalDocument) throws {
    guard let first = person.mentions.first else { return }
    let confidence = person.mentions.map(\.confidence).max() ?? 0
    var row = dk_person()
    row.name = try document.call.intern(person.name)
    let reference = try document.append(row, at: first.range, confidence: confidence)
    for mention in person.mentions {
      var row = dk_mention()
      row.entity = reference
      row.kind = UInt32(DK_NAME)
      row.state(2)
      try document.append(row, at: mention.range, confidence: mention.confidence)
    }
    for position in person.distinctPositions {
      try append(position, of: reference, confidence: confidence, to: document)
    }
  }

  private func append(
    _ position: Position, of person: dk_ref, confidence: Double, to document: NormalDocument
  ) throws {
    var row = dk_position()
    row.person = person
    row.title = try document.call.intern(position.title)
    if let agency = position.agency { row.agency = agency }
    if document.document.row.states(5) {
      row.as_of = document.document.row.published
      row.state(4)
    }
    try document.append(
      row, at: position.evidence,
      confidence: position.isElided ? confidence * 0.9 : confidence,
      flags: position.isElided ? Int(DK_ELIDED) : 0)
  }
}

extension Person {
  /// The positions, each once; one without an agency, or with its neighbour's, only if no other has
  /// the same title.
  var distinctPositions: [Position] {
    struct Key: Hashable {
      let title: String
      let agency: UInt32
    }
    let named = positions.filter { $0.agency != nil }
    let stated = Set(named.lazy.filter { !$0.isElided }.map(\.title))
    let held = Set(named.map(\.title))
    var seen: Set<Key> = []
    return positions.filter { position in
      let isVague = position.agency == nil && held.contains(position.title)
      let isDoubtful = position.isElided && stated.contains(position.title)
      let key = Key(title: position.title, agency: position.agency?.row ?? 0)
      return !isVague && !isDoubtful && seen.insert(key).inserted
    }
  }
}
