import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds companies, platforms, alliances and associations: a `duikou.organisation` for each, a `duikou.mention` for
/// each time it is named.
struct Organisations: Extractor, ConfiguredMethod {
  static let summary = "Finds companies, platforms, alliances and associations."
  static let uses: [Use] = [
    .readsIfPresent(dk_place.self), .readsIfPresent(dk_agency.self),
    .readsIfPresent(dk_segment.self), .readsAndWrites(dk_mention.self),
    .writes(dk_organisation.self),
  ]

  private enum Kind: String, CaseIterable {
    case company, platform, association
    var value: UInt32 { [.company: 1, .platform: 2, .association: 3][self] ?? 1 }
  }

  private let endings: Lexicon
  private let starts: Lexicon
  private let generic: GenericWords

  init(_ configuration: Configuration<NamesSettings>) {
    let kinds = DataTable(PackageResources.organisations_tsv)
      .preceded(by: configuration.bytes(\.organisations))
    endings = Lexicon(
      kinds.rows.map { row in
        (surface: row[0], value: Kind(rawValue: row[1])?.value ?? 1)
      })
    starts = Lexicon(DataTable(PackageResources.starts_tsv).rows.map { ($0[0], 0) })
    generic = GenericWords(
      DataTable(PackageResources.generic_tsv).preceded(by: configuration.bytes(\.generic)))
  }

  private struct Found {
    let range: Range<Int>
    let kind: UInt32
    let isQuoted: Bool
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      var organisations: [(name: String, kind: UInt32, isQuoted: Bool, mentions: [Range<Int>])] = []
      for found in self.found(in: document) {
        let name = document.text.string(found.range)
        // 康辰药业股份有限公司 is 北京康辰药业股份有限公司 again.
        if let index = organisations.firstIndex(where: { $0.name.hasSuffix(name) }) {
          organisations[index].mentions.append(found.range)
        } else {
          organisations.append((name, found.kind, found.isQuoted, [found.range]))
        }
      }
      for organisation in organisations {
        var row = dk_organisation()
        row.name = try document.call.intern(organisation.name)
        row.kind = organisation.kind
        row.state(2)
        let confidence = organisation.isQuoted ? 0.95 : 0.85
        let reference = try document.append(
          row, at: organisation.mentions[0], confidence: confidence)
        for range in organisation.mentions {
          try document.appendMention(of: reference, at: range, confidence: confidence)
        }
      }
    }
  }

  private func found(in document: NormalDocument) -> [Found] {
    let text = document.text
    let start = NameStart(document, starts: starts)
    let agencies = RangeIndex(
      document.mentions().lazy.filter { $0.isA(dk_agency.self) }.map(\.range), count: text.count)
    var found: [Found] = []
    var last = 0
    for part in document.parts {
      let quotations = Dictionary(
        Quotation.all(in: text, part: part).map { ($0.range.upperBound, $0) }
      ) { first, _ in first }
      for match in endings.matches(in: text, range: part) {
        let limit = max(part.lowerBound, last)
        let quotation = quotations[match.end]
        let isQuoted = quotation != nil
        let from =
          quotation?.range.lowerBound ?? start.start(of: match.start, notBefore: limit)
        let own = from..<match.start
        guard own.count >= 6, isQuoted || isNamed(own, match, in: text),
          isQuoted || !agencies.overlaps(from..<match.end),
          isQuoted && own.count >= 12
            || generic.specificLength(of: own, in: text) >= (isQuoted ? 1 : 2)
        else { continue }
        last = match.end
        found.append(Found(range: from..<match.end, kind: match.value, isQuoted: isQuoted))
      }
    }
    return found
  }

  /// Whether words before an ending are a name: no part of a longer word follows, as in 集团化 and 平台上.
  private func isNamed(_ own: Range<Int>, _ match: LexiconMatch, in text: SourceText) -> Bool {
    let isLonger = text.width(ofAny: Self.followers, at: match.end) > 0
    // A platform or association without quotation marks is a description as often as not.
    let needsQuotes = match.value == Kind.platform.value
    return !isLonger && !needsQuotes
  }

  private static let followers = ["化", "制", "式", "间", "内", "军", "类", "+"]
}
