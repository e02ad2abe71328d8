import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds regions such as 京津冀: a `duikou.region` for each, where it is named first.
struct Regions: Extractor, ConfiguredMethod {
  static let summary = "Finds regions and the provinces that belong to them."
  static let uses: [Use] = [
    .readsIfPresent(dk_segment.self), .readsAndWrites(dk_mention.self), .writes(dk_region.self),
  ]

  private let table: [(name: String, members: String)]
  private let lexicon: Lexicon

  /// Characters before a name that belong to another word: 北京津冀.
  private static let notBefore = ["北", "东", "南"]

  init(_ configuration: Configuration<NamesSettings>) throws {
    let rows = try configuration.table(\.regions, before: PackageResources.regions_tsv).rows
    let table = rows.map {
      (name: $0[0], members: $0.list(1).joined(separator: " "))
    }
    self.table = table
    lexicon = Lexicon(table.enumerated().map { (surface: $1.name, value: UInt32($0)) })
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let matches = document.parts.flatMap { lexicon.matches(in: document.text, range: $0) }
      let found = matches.filter { match in
        !Self.notBefore.contains { document.text.has($0, before: match.start) }
      }
      for (value, mentions) in Dictionary(grouping: found, by: \.value).sorted(by: {
        $0.key < $1.key
      }) {
        let wanted = document.preferringText(mentions, at: \.range)
        guard let first = wanted.first else { continue }
        var row = dk_region()
        row.name = try document.call.intern(table[Int(value)].name)
        let members = table[Int(value)].members
        if !members.isEmpty { row.members = try document.call.intern(members) }
        let region = try document.append(row, at: first.range, confidence: 0.95)
        for mention in wanted { try document.appendMention(of: region, at: mention.range) }
      }
    }
  }
}

extension NormalDocument {
  /// Appends a mention by the full name.
  func appendMention(of entity: dk_ref, at range: Range<Int>, confidence: Double = 0.95) throws {
    var row = dk_mention()
    row.entity = entity
    row.kind = UInt32(DK_NAME)
    row.state(2)
    try append(row, at: range, confidence: confidence)
  }
}
