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
    var value: UInt32 {
      switch self {
      case .company: UInt32(DK_COMPANY)
      case .platform: UInt32(DK_PLATFORM)
      case .association: UInt32(DK_ASSOCIATION)
      }
    }
  }

  private let endings: Lexicon
  private let starts: Lexicon
  private let generic: GenericWords

  init(_ configuration: Configuration<NamesSettings>) throws {
    let kinds = try configuration.table(
      \.organisations, before: PackageResources.organisations_tsv, kinds: 1)
    endings = Lexicon(
      kinds.rows.map { row in
        (surface: row[0], value: (Kind(rawValue: row[1]) ?? .company).value)
      })
    starts = .nameStarts
    generic = GenericWords(
      try configuration.table(\.generic, before: PackageResources.generic_tsv))
  }

  private struct Found {
    let range: Range<Int>
    let kind: UInt32
    let isQuoted: Bool
  }

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      var organisations: [(name: String, kind: UInt32, isQuoted: Bool, mentions: [Range<Int>])] = []
      var known = SuffixIndex()
      for found in self.found(in: document) {
        let name = document.text.string(found.range)
        // 康辰药业股份有限公司 is 北京康辰药业股份有限公司 again.
        if let index = known.first(endingWith: name) {
          organisations[index].mentions.append(found.range)
        } else {
          known.insert(name, index: organisations.count)
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
    let parts = document.parts.map { ($0, endings.matches(in: text, range: $0)) }
      .filter { !$0.1.isEmpty }
    guard !parts.isEmpty else { return [] }
    let start = NameStart(document, starts: starts)
    let mentions = document.mentions()
    let agencies = OffsetSet(
      mentions.lazy.filter { $0.isA(dk_agency.self) }.map(\.range), count: text.count)
    let places = mentions.filter { $0.isA(dk_place.self) }
    var found: [Found] = []
    var last = 0
    for (part, matches) in parts {
      let quotations = Dictionary(
        Quotation.all(in: text, part: part).map { ($0.range.upperBound, $0) }
      ) { first, _ in first }
      for match in matches {
        let limit = max(part.lowerBound, last)
        let quotation = quotations[match.end]
        let isQuoted = quotation != nil
        let from =
          quotation?.range.lowerBound ?? start.start(of: match.start, notBefore: limit)
        guard match.start - from >= 6, isQuoted || isNamed(match, in: text),
          isQuoted || !agencies.overlaps(from..<match.end),
          isQuoted && match.start - from >= 12
            || isSpecific(from..<match.start, match, isQuoted, in: text, places)
        else { continue }
        last = match.end
        found.append(Found(range: from..<match.end, kind: match.value, isQuoted: isQuoted))
      }
    }
    return found
  }

  /// Whether words before an ending say which organisation it is. With an ending such as 有限公司 a division in front
  /// does: 北京首都旅游集团有限责任公司.
  private func isSpecific(
    _ own: Range<Int>, _ match: LexiconMatch, _ isQuoted: Bool, in text: SourceText,
    _ places: [EntityMention]
  ) -> Bool {
    if generic.specificLength(of: own, in: text) >= (isQuoted ? 1 : 2) { return true }
    guard Self.legalForms.contains(where: { text.has($0, before: match.end) }),
      let place = places.beginning(in: own.lowerBound..<own.lowerBound + 1).first
    else { return false }
    return own.upperBound - place.range.upperBound >= 6
  }

  private static let legalForms = ["有限公司", "有限责任公司", "股份公司"]

  /// Whether words before an ending are a name: no part of a longer word follows, as in 集团化 and 平台上.
  private func isNamed(_ match: LexiconMatch, in text: SourceText) -> Bool {
    let isLonger = text.width(ofAny: Self.followers, at: match.end) > 0
    // A platform or association without quotation marks is a description as often as not.
    let needsQuotes = match.value == Kind.platform.value
    return !isLonger && !needsQuotes
  }

  private static let followers = ["化", "制", "式", "间", "内", "军", "类", "+"]
}
