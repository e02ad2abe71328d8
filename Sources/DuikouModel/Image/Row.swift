import CDuikou

/// A row type as a C struct that begins with `dk_row`.
///
/// A plugin's own rows conform by `extension my_row: RowType { static let typeID: UInt32 = … }`.
public protocol RowType: Sendable {
  /// The id of the row type.
  static var typeID: UInt32 { get }
  /// What every row starts with.
  var row: dk_row { get set }
}

/// A row: plain bytes of a known type.
public typealias Row = RowType & BitwiseCopyable

extension RowType {
  /// Whether the number in field `number` is stated.
  public func states(_ number: Int) -> Bool {
    row.has & 1 << UInt64(number) != 0
  }

  /// Notes that the number in field `number` is stated.
  public mutating func state(_ number: Int) {
    row.has |= 1 << UInt64(number)
  }

  /// Bytes of the row as this program knows it.
  public static var rowSize: Int { MemoryLayout<Self>.stride }
}

extension dk_document {
  /// States when the document was published.
  public mutating func state(published date: CivilDate) {
    published = Int32(clamping: date.days)
    state(5)
  }
}

extension dk_document: RowType { public static var typeID: UInt32 { UInt32(DK_DOCUMENT) } }
extension dk_segment: RowType { public static var typeID: UInt32 { UInt32(DK_SEGMENT) } }
extension dk_mention: RowType { public static var typeID: UInt32 { UInt32(DK_MENTION) } }
extension dk_run: RowType { public static var typeID: UInt32 { UInt32(DK_RUN) } }
extension dk_content: RowType { public static var typeID: UInt32 { UInt32(DK_CONTENT) } }
extension dk_piece: RowType { public static var typeID: UInt32 { UInt32(DK_PIECE) } }
extension dk_place: RowType { public static var typeID: UInt32 { UInt32(DK_PLACE) } }
extension dk_agency: RowType { public static var typeID: UInt32 { UInt32(DK_AGENCY) } }
extension dk_person: RowType { public static var typeID: UInt32 { UInt32(DK_PERSON) } }
extension dk_position: RowType { public static var typeID: UInt32 { UInt32(DK_POSITION) } }
extension dk_agreement: RowType { public static var typeID: UInt32 { UInt32(DK_AGREEMENT) } }
extension dk_party: RowType { public static var typeID: UInt32 { UInt32(DK_PARTY) } }
extension dk_date: RowType { public static var typeID: UInt32 { UInt32(DK_DATE) } }
extension dk_figure: RowType { public static var typeID: UInt32 { UInt32(DK_FIGURE) } }
extension dk_pairing: RowType { public static var typeID: UInt32 { UInt32(DK_PAIRING) } }
extension dk_event: RowType { public static var typeID: UInt32 { UInt32(DK_EVENT) } }
extension dk_participant: RowType { public static var typeID: UInt32 { UInt32(DK_PARTICIPANT) } }
extension dk_project: RowType { public static var typeID: UInt32 { UInt32(DK_PROJECT) } }
extension dk_brand: RowType { public static var typeID: UInt32 { UInt32(DK_BRAND) } }
extension dk_stop: RowType { public static var typeID: UInt32 { UInt32(DK_STOP) } }
extension dk_commitment: RowType { public static var typeID: UInt32 { UInt32(DK_COMMITMENT) } }
extension dk_membership: RowType { public static var typeID: UInt32 { UInt32(DK_MEMBERSHIP) } }
extension dk_organisation: RowType { public static var typeID: UInt32 { UInt32(DK_ORGANISATION) } }
extension dk_region: RowType { public static var typeID: UInt32 { UInt32(DK_REGION) } }
extension dk_need: RowType { public static var typeID: UInt32 { UInt32(DK_NEED) } }
extension dk_flow: RowType { public static var typeID: UInt32 { UInt32(DK_FLOW) } }
