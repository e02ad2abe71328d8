import DuikouText

/// Which provinces help and which are helped in 东西部协作: `Data/sides.tsv`.
public struct Sides: Sendable {
  public enum Side: String, Sendable {
    case helper, helped
  }

  private let sides: [UInt32: Side]

  /// Reads the table, and before it an office's own rows.
  public init(own: [UInt8]? = nil) {
    let table = DataTable(PackageResources.sides_tsv).preceded(by: own)
    let rows = table.rows.compactMap { row in
      UInt32(row[0]).flatMap { code in Side(rawValue: row[1]).map { (code, $0) } }
    }
    sides = Dictionary(rows) { first, _ in first }
  }

  /// The side of a division; nil where it has none.
  public subscript(code: UInt32) -> Side? { sides[code / 10_000] }
}
