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
    var ranges = RangeIndex(count: normal.text.count)
    for mention in agencyMentions.values { ranges.insert(mention.range) }
    for mention in placeMentions.values { ranges.insert(mention.range) }
    self.ranges = ranges
  }

  /// The agency whose mention ends at `offset`.
  func agency(endingAt offset: Int) -> AgencyMention? { agencyMentions[offset] }

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
