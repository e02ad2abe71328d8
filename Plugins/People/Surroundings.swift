import DuikouPlugin
import DuikouReading
import DuikouText

/// The divisions and agencies that a document names, as other extractors found them.
struct Surroundings {
  /// An agency, named at a place of the text.
  struct AgencyMention {
    let range: Range<Int>
    let agency: Agency
  }

  struct Agency {
    let reference: dk_ref
    let name: String
    /// GB/T 2260; 0 for the nation.
    let division: UInt32

    let level: UInt32

    /// A division's own, and not a town's.
    var isGovernment: Bool {
      level != UInt32(DK_LEVEL_TOWNSHIP) && (name.hasSuffix("人民政府") || name.hasSuffix("行政公署"))
    }
  }

  /// A division, named at a place of the text.
  struct PlaceMention {
    let range: Range<Int>
    /// GB/T 2260.
    let division: UInt32
  }

  /// By division.
  private let governments: [UInt32: Agency]
  /// By the end of the mention.
  private let agencyMentions: [Int: AgencyMention]
  private let placeMentions: [Int: PlaceMention]
  /// Where agencies' mentions end, in order.
  private let agencyEnds: [Int]
  /// The rows of committees of the party.
  private let parties: Set<UInt32>
  private let ranges: RangeIndex

  init(_ normal: NormalDocument) {
    let document = normal.document
    let image = document.call.image
    let agencyRows = document.rows(dk_agency.self)
    let agencies = Dictionary(
      uniqueKeysWithValues: agencyRows.map { reference, row in
        (
          reference.row,
          Agency(
            reference: reference, name: image.string(row.name) ?? "", division: row.division,
            level: row.level)
        )
      })
    let places = Dictionary(
      uniqueKeysWithValues: document.rows(dk_place.self).map { ($0.reference.row, $0.row.code) })
    governments = Dictionary(
      agencies.values.filter(\.isGovernment).map { ($0.division, $0) }
    ) { first, second in first.reference.row < second.reference.row ? first : second }
    var agencyMentions: [Int: AgencyMention] = [:]
    var placeMentions: [Int: PlaceMention] = [:]
    for (_, mention) in document.rows(dk_mention.self) {
      guard let range = normal.range(of: mention.row) else { continue }
      if mention.entity.type == dk_agency.typeID, let agency = agencies[mention.entity.row] {
        let longest = agencyMentions[range.upperBound].map { $0.range.count >= range.count }
        // A shared body ends with its nearest owner's name: the shorter mention is the owner's.
        if longest != false {
          agencyMentions[range.upperBound] = .init(range: range, agency: agency)
        }
      } else if mention.entity.type == dk_place.typeID, let code = places[mention.entity.row] {
        placeMentions[range.upperBound] = .init(range: range, division: code)
      }
    }
    self.agencyMentions = agencyMentions
    self.placeMentions = placeMentions
    agencyEnds = agencyMentions.keys.sorted()
    parties = Set(
      agencies.values.lazy.filter { $0.name.hasPrefix("中共") }.map { $0.reference.row })
    var ranges = RangeIndex(count: normal.text.count)
    for mention in agencyMentions.values { ranges.insert(mention.range) }
    for mention in placeMentions.values { ranges.insert(mention.range) }
    self.ranges = ranges
  }

  /// The agency whose mention ends at `offset`.
  func agency(endingAt offset: Int) -> AgencyMention? { agencyMentions[offset] }

  /// 厅 of 厅党组成员, which begins a clause and ends at `offset`: the last agency before whose name ends so.
  func agency(standingFor offset: Int, in text: SourceText) -> AgencyMention? {
    let start = text.scalarStart(before: offset)
    guard text.width(ofAny: ["厅", "局", "委", "办"], at: start) > 0,
      CharacterClass(text.scalar(before: start).value).isBoundary
    else { return nil }
    let word = text.string(start..<offset)
    let next = agencyEnds.partitioningIndex { $0 > start }
    return agencyEnds[..<next].suffix(Self.nearest).last { end in
      text.has(word, before: end) || agencyMentions[end]?.agency.name.hasSuffix(word) == true
    }.flatMap { agencyMentions[$0] }
  }

  /// How many agencies before are looked at.
  private static let nearest = 8

  /// Whether an agency is a committee of the party.
  func isParty(_ agency: dk_ref?) -> Bool {
    agency.map { parties.contains($0.row) } ?? false
  }

  /// The division whose mention ends at `offset`.
  func place(endingAt offset: Int) -> PlaceMention? { placeMentions[offset] }

  /// The government of a division, if the document names it.
  func government(of division: UInt32) -> Agency? {
    governments[division]
  }

  /// Where the last division or agency stands that overlaps a part of the text.
  func last(overlapping range: Range<Int>) -> Range<Int>? {
    ranges.last(overlapping: range)
  }

  /// Whether a part of the text belongs to a division or an agency.
  func overlaps(_ range: Range<Int>) -> Bool {
    ranges.overlaps(range)
  }
}
