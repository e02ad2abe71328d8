import CDuikou

/// Which rows of a table belong to which document, and the numbers that they get among its own.
struct RowOwners {
  let table: Image.Table
  let type: TypeDescriptor
  /// By document, its rows in their order.
  private(set) var rows: [[Int]]
  /// The rows that belong to all documents: runs over all of them.
  private(set) var shared: [Int] = []
  /// By row, its document, from 1, or 0; and its number among the rows of that or among the shared ones, from 1.
  private var owners: [(document: UInt32, number: UInt32)] = []

  /// Returns nil where a row belongs to no document.
  init?(of table: Image.Table, _ type: TypeDescriptor, in image: Image) {
    self.table = table
    self.type = type
    let count = image.documents.count
    rows = Array(repeating: [], count: count)
    owners.reserveCapacity(table.count)
    for row in 0..<table.count {
      let document = Self.document(of: row, in: table, of: image)
      guard document <= count, document > 0 || table.type == dk_run.typeID else { return nil }
      if document > 0 {
        rows[document - 1].append(row)
        owners.append((UInt32(document), UInt32(rows[document - 1].count)))
      } else {
        shared.append(row)
        owners.append((0, UInt32(shared.count)))
      }
    }
  }

  private static func document(of row: Int, in table: Image.Table, of image: Image) -> Int {
    guard table.type != dk_document.typeID else { return row + 1 }
    let at = table.offset + row * table.rowSize
    return Int(image.storage.base.load(fromByteOffset: at, as: dk_row.self).document)
  }

  /// The number that a row, itself counted from 1, gets in the image of a document; nil where that does not have it.
  func number(of row: UInt32, in document: Int) -> UInt32? {
    guard row > 0, Int(row) <= owners.count else { return nil }
    let owner = owners[Int(row) - 1]
    if owner.document == 0 { return UInt32(rows[document].count) + owner.number }
    return Int(owner.document) == document + 1 ? owner.number : nil
  }
}
