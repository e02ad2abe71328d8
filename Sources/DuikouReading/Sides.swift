import DuikouText

/// Which provinces help and which are helped.
struct Sides: Sendable {
  enum Side: String, Sendable {
    case helper, helped
  }

  private let sides: [UInt32: Side]

  init(_ table: DataTable) {
    let rows = table.rows.compactMap { row in
      UInt32(row[0]).flatMap { code in Side(rawValue: row[1]).map { (code, $0) } }
    }
    sides = Dictionary(rows) { first, _ in first }
  }

  /// The side of a division; nil where it has none.
  subscript(code: UInt32) -> Side? { sides[code / 10_000] }
}
