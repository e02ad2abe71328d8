import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds bodies of government and party: a `duikou.agency` for each one of a document, a
/// `duikou.mention` for each time it is named; and groups without a name, flagged DK_GENERIC.
struct Agencies: Extractor, ConfiguredMethod {
  static let summary = "Finds bodies of government and party by their division and their name."
  static let uses: [Use] = [
    .reads(dk_place.self), .readsIfPresent(dk_segment.self), .readsAndWrites(dk_mention.self),
    .writes(dk_agency.self),
  ]

  private let grammar: AgencyGrammar
  private let groups: AgencyGroupFinder

  init(_ configuration: Configuration<AgenciesSettings>) throws {
    grammar = AgencyGrammar(
      suffixes: try configuration.table(
        \.suffixes, before: PackageResources.suffixes_tsv, kinds: 3),
      stems: try configuration.table(\.stems, before: PackageResources.stems_tsv, kinds: 0),
      guards: DataTable(PackageResources.guards_tsv))
    groups = AgencyGroupFinder(
      try configuration.table(\.groups, before: PackageResources.groups_tsv, kinds: 1))
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { try extract($0) }
  }

  private func extract(_ document: NormalDocument) throws {
    let anchors = document.anchors
    let mentions = AgencyFinder.mentions(
      in: document.text, parts: document.parts, anchors: anchors, grammar: grammar)
    for var agency in Agency.gathered(from: mentions) {
      agency.mentions = document.preferringText(agency.mentions, at: \.range)
      try append(agency, to: document)
    }
    let found = groups.groups(
      in: document.text, parts: document.parts, anchors: anchors, agencies: mentions)
    for group in found { try append(group, to: document) }
  }

  /// A group has no name, and so no mentions: 有关部门 are others each time.
  private func append(_ group: AgencyGroup, to document: NormalDocument) throws {
    var row = dk_agency()
    row.name = try document.call.intern(document.text.string(group.range))
    if group.division != 0 {
      row.division = group.division
      row.state(3)
    }
    try document.append(row, at: group.range, confidence: 0.8, flags: Int(DK_GENERIC))
  }

  private func append(_ agency: Agency, to document: NormalDocument) throws {
    guard let best = agency.mentions.max(by: { $0.confidence < $1.confidence }) else { return }
    let first = agency.mentions.first { $0.confidence == best.confidence } ?? best
    let name = agency.fullName()
    let reference = try document.append(
      row(for: agency, name: name, in: document), at: first.range,
      confidence: first.confidence,
      flags: first.flags)
    for mention in agency.mentions {
      var row = dk_mention()
      row.entity = reference
      row.kind = UInt32(mention.kind(for: name))
      row.state(2)
      try document.append(
        row, at: mention.range, confidence: mention.confidence, flags: mention.flags)
    }
  }

  private func row(
    for agency: Agency, name: String, in document: NormalDocument
  ) throws -> dk_agency {
    var row = dk_agency()
    row.name = try document.call.intern(name)
    if !agency.body.sector.isEmpty { row.sector = try document.call.intern(agency.body.sector) }
    row.level = agency.division.level
    row.state(4)
    if agency.division.code != 0 {
      row.division = agency.division.code
      row.state(3)
    }
    guard let facts = grammar.facts[agency.body.key] else { return row }
    if let from = facts.from {
      row.valid_from = Int32(CivilDate(year: from, month: 1, day: 1).days)
      row.state(5)
    }
    if let until = facts.until {
      row.valid_until = Int32(CivilDate(year: until, month: 12, day: 31).days)
      row.state(6)
    }
    let isProvincial = ["省", "自治区"].contains { agency.division.name.hasSuffix($0) }
    let successor = isProvincial ? facts.provincialSuccessor : facts.successor
    if !successor.isEmpty {
      row.successor = try document.call.intern(successor.replacingGap(with: agency.division.name))
    }
    return row
  }
}

extension AgencyMention {
  /// DK_NAME and so on.
  fileprivate func kind(for name: String) -> Int {
    switch basis {
    case .word, .list, .sharedBody: Int(DK_REFERENCE)
    case .name, .nation: Int(range.count == name.utf8.count ? DK_NAME : DK_SHORT_NAME)
    }
  }

  /// The row flags that say how the agency is named.
  fileprivate var flags: Int {
    switch basis {
    case .name, .nation: 0
    case .word: Int(DK_COREFERENT)
    case .list, .sharedBody: Int(DK_ELIDED)
    }
  }
}
