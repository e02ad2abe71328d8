import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds what is lacked and offered: a `duikou.need` for each topic of what somebody proposes or promises, and of what a
/// sentence says is lacking.
struct Needs: Extractor, ConfiguredMethod {
  static let summary = "Finds what each side lacks and offers, by topic."
  static let uses: [Use] = [
    .reads(dk_commitment.self), .readsIfPresent(dk_agency.self), .readsIfPresent(dk_position.self),
    .readsIfPresent(dk_mention.self), .readsIfPresent(dk_segment.self), .writes(dk_need.self),
  ]

  private let topics: [String]
  private let lexicon: Lexicon
  private let sides: Sides
  private let words: ExchangeWords

  init(_ configuration: Configuration<ExchangesSettings>) throws {
    let rows = try configuration.table(\.topics, before: PackageResources.topics_tsv).rows
    topics = rows.map { $0[0] }
    lexicon = Lexicon(
      rows.enumerated().flatMap { index, row in row.list(1).map { ($0, UInt32(index)) } })
    words = ExchangeWords(
      try configuration.table(\.words, before: PackageResources.words_tsv, kinds: 1))
    sides = Sides(try configuration.table(\.sides, before: Sides.shipped, kinds: 1))
  }

  private struct Key: Hashable {
    let type: UInt32
    let party: UInt32
    let topic: UInt32
    let kind: Int
  }

  func extract(_ document: Document) throws {
    let hasParty = document.rows(dk_mention.self).contains { $0.row.entity.type == dk_place.typeID }
    guard hasParty || !document.rows(dk_commitment.self).isEmpty else { return }
    try document.withNormalText { document in
      let parties = Parties(document)
      var seen: Set<Key> = []
      for commitment in document.placed(dk_commitment.self) {
        guard let party = parties.agency(of: commitment.row.speaker) else { continue }
        let isHelper = sides[party.division] == .helper
        let isWish = words.wish(in: document.text, commitment.range)
        let kind = isHelper || !isWish ? Int(DK_OFFERED) : Int(DK_NEEDED)
        try append(
          lexicon.matches(in: document.text, range: commitment.range), party.reference, kind, 0.75,
          &seen, to: document)
      }
      try appendLacking(document, &seen)
    }
  }

  /// 旗县旅游人才短缺.
  private func appendLacking(_ document: NormalDocument, _ seen: inout Set<Key>) throws {
    let lacks = document.parts.flatMap { words.lacking.matches(in: document.text, range: $0) }
      .filter { isLack($0, in: document.text) }
    guard !lacks.isEmpty else { return }
    let places = VisitPlaces(document, sides: sides, words: words)
    for clause in document.parts.flatMap({ document.text.clauses(in: $0) }) {
      let next = lacks.partitioningIndex { $0.start >= clause.lowerBound }
      guard next < lacks.count, lacks[next].start < clause.upperBound,
        let place = places.mentions.beginning(in: clause).last ?? places.subject,
        place.range.upperBound < clause.upperBound
      else { continue }
      let start = max(place.range.upperBound, clause.lowerBound)
      try append(
        lexicon.matches(in: document.text, range: start..<clause.upperBound),
        place.entity, Int(DK_NEEDED), 0.7, &seen, to: document)
    }
  }

  /// 薄弱环节 and 不足300人 lack nothing.
  private func isLack(_ match: LexiconMatch, in text: SourceText) -> Bool {
    let next = CharacterClass(text.scalar(at: match.end).value)
    return next != .digit
      && text.width(ofAny: ["环节", "十", "百", "千", "万", "半", "一", "两", "村", "部位"], at: match.end) == 0
  }

  private func append(
    _ matches: [LexiconMatch], _ party: dk_ref, _ kind: Int, _ confidence: Double,
    _ seen: inout Set<Key>, to document: NormalDocument
  ) throws {
    for match in matches
    where seen.insert(
      Key(type: party.type, party: party.row, topic: match.value, kind: kind)
    ).inserted {
      var row = dk_need()
      row.party = party
      row.topic = try document.call.intern(topics[Int(match.value)])
      row.kind = UInt32(kind)
      row.state(3)
      try document.append(row, at: match.range, confidence: confidence)
    }
  }
}

/// For whom the people of a document speak.
private struct Parties {
  private let divisions: [UInt32: UInt32]
  private let agencies: [UInt32: dk_ref]

  init(_ document: NormalDocument) {
    divisions = Dictionary(
      document.document.rows(dk_agency.self).map { ($0.reference.row, $0.row.division) }
    ) { first, _ in first }
    agencies = Dictionary(
      document.document.rows(dk_position.self).filter { $0.row.agency.row != 0 }.map {
        ($0.row.person.row, $0.row.agency)
      }
    ) { first, _ in first }
  }

  /// The agency of a speaker, with its division; nil where the document names none.
  func agency(of speaker: dk_ref) -> (reference: dk_ref, division: UInt32)? {
    let agency = speaker.type == dk_agency.typeID ? speaker : agencies[speaker.row]
    return agency.flatMap { agency in divisions[agency.row].map { (agency, $0) } }
  }
}
