import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds who helps whom: a `duikou.pairing` for each pair of divisions, with since when and how many.
struct Pairings: Extractor, ConfiguredMethod {
  static let summary = "Finds who helps whom, since when, and how many districts and counties."
  static let uses: [Use] = [
    .reads(dk_place.self), .reads(dk_mention.self), .readsIfPresent(dk_date.self),
    .readsIfPresent(dk_figure.self), .readsIfPresent(dk_segment.self), .writes(dk_pairing.self),
  ]

  private let words: PairingWords
  private let sides: Sides

  init(_ configuration: Configuration<PairingsSettings>) throws {
    words = PairingWords(
      try configuration.table(\.words, before: PackageResources.words_tsv, kinds: 1))
    sides = Sides(try configuration.table(\.sides, before: Sides.shipped, kinds: 1))
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let pairings = PairingFinder.pairings(in: document, words: words, sides: sides)
      for pairing in pairings { try append(pairing, to: document) }
    }
  }

  private func append(_ pairing: Pairing, to document: NormalDocument) throws {
    var row = dk_pairing()
    row.helper = pairing.helper.row
    row.helped = pairing.helped.row
    let numbers: [(Int, WritableKeyPath<dk_pairing, UInt32>, UInt32?)] = [
      (7, \.helper_units, pairing.helperUnits), (8, \.helped_units, pairing.helpedUnits),
    ]
    for (field, path, value) in numbers {
      if let value {
        row[keyPath: path] = value
        row.state(field)
      }
    }
    if let kind = pairing.kind { row.kind = try document.call.intern(kind) }
    if let since = pairing.since {
      row.since = since
      row.state(4)
    }
    if let asOf = pairing.asOf {
      row.as_of = asOf
      row.state(6)
    }
    if pairing.coversAll { row.coverage = 1 }
    try document.append(
      row, at: pairing.evidence, confidence: pairing.confidence, flags: pairing.flags)
  }
}

extension Division {
  fileprivate var row: dk_ref { dk_ref(type: dk_place.typeID, row: reference) }
}

extension Pairing {
  fileprivate var flags: Int {
    (isDelta ? Int(DK_DELTA) : 0) | (isDistributive ? Int(DK_DISTRIBUTIVE) : 0)
      | (isElided ? Int(DK_ELIDED) : 0)
  }
}
