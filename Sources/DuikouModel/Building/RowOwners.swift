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

  /// Returns nil where a row belongs to no document: it neither names one nor was read in one.
  init?(of table: Image.Table, _ type: TypeDescriptor, in image: Image) {
    self.table = table
    self.type = type
    let texts = image.documents.map(\.text)
    let count = texts.count
    rows = Array(repeating: [], count: count)
    owners.reserveCapacity(table.count)
    for row in 0..<table.count {
      let document = Self.document(of: row, in: table, of: image, texts)
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

  /// What a row says, or else the document in whose text it was read.
  private static func document(
    of row: Int, in table: Image.Table, of image: Image, _ texts: [dk_span]
  ) -> Int {
    guard table.type != dk_document.typeID else { return row + 1 }
    let at = table.offset + row * table.rowSize
    let row = image.storage.base.load(fromByteOffset: at, as: dk_row.self)
    guard row.document == 0, row.evidence.len > 0 else { return Int(row.document) }
    // Texts stand in the order of their documents.
    var (low, high) = (0, texts.count)
    while low < high {
      let middle = (low + high) / 2
      if texts[middle].off <= row.evidence.off { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The number that a row, itself counted from 1, gets in the image of a document; nil where that does not have it.
  func number(of row: UInt32, in document: Int) -> UInt32? {
    guard row > 0, Int(row) <= owners.count else { return nil }
    let owner = owners[Int(row) - 1]
    if owner.document == 0 { return UInt32(rows[document].count) + owner.number }
    return Int(owner.document) == document + 1 ? owner.number : nil
  }
}
