import DuikouText

/// Which provinces help and which are helped in 东西部协作: `Data/sides.tsv`.
public struct Sides: Sendable {
  public enum Side: String, Sendable {
    case helper, helped
  }

  private let sides: [UInt32: Side]

  /// What comes along: provinces, by the first two digits of their codes, and their sides.
  public static var shipped: [UInt8] { PackageResources.sides_tsv }

  /// Reads a table such as the shipped one.
  public init(_ table: DataTable = DataTable(Self.shipped)) {
    let rows = table.rows.compactMap { row in
      UInt32(row[0]).flatMap { code in Side(rawValue: row[1]).map { (code, $0) } }
    }
    sides = Dictionary(rows) { first, _ in first }
  }

  /// The side of a division; nil where it has none.
  public subscript(code: UInt32) -> Side? { sides[code / 10_000] }
}
