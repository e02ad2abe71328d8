/// One document of a call. Ranges count bytes of UTF-8 from the document's start, end exclusive.
public struct Document {
  public let call: Call
  /// From 0.
  public let index: Int
  /// Its row, with title and address.
  public let row: dk_document

  init(call: Call, index: Int) {
    self.call = call
    self.index = index
    row = call.image.documents[index]
  }

  /// Its text, read in place.
  public var text: ImageText { call.image.text(in: row.text) }

  /// The evidence of a row in this document, as a range of its text; nil where there is none.
  public func range(of row: dk_row) -> Range<Int>? {
    guard row.evidence.len > 0, row.evidence.off >= self.row.text.off else { return nil }
    let start = Int(row.evidence.off - self.row.text.off)
    return start..<start + Int(row.evidence.len)
  }

  /// A range of this document's text as a span.
  public func span(_ range: Range<Int>) -> dk_span {
    dk_span(off: self.row.text.off + UInt32(range.lowerBound), len: UInt32(range.count))
  }

  /// The rows of a type that belong to this document, with references to them.
  @inlinable public func rows<R: Row>(_ type: R.Type = R.self) -> [(reference: dk_ref, row: R)] {
    var own: [(reference: dk_ref, row: R)] = []
    forEachRow(R.self) { own.append(($0, $1)) }
    return own
  }

  /// Calls `body` with each row of a type that belongs to this document, and a reference to it.
  @inlinable public func forEachRow<R: Row>(
    _ type: R.Type = R.self, _ body: (_ reference: dk_ref, _ row: R) throws -> Void
  ) rethrows {
    let rows = call.image.rows(R.self)
    for index in 0..<rows.count {
      let row = rows[index]
      let document = row.row.document == 0 ? 1 : Int(row.row.document)
      if document == self.index + 1 { try body(rows.reference(index), row) }
    }
  }

  /// Appends a row that was read at `evidence`, with a confidence from 0 to 1.
  @discardableResult
  @inlinable public func append<R: Row>(
    _ row: R, evidence: Range<Int>, confidence: Double = 1, flags: Int = 0
  ) throws -> dk_ref {
    var row = row
    row.row.document = UInt32(index) + 1
    row.row.evidence = span(evidence)
    row.row.confidence = UInt32((confidence * 1_000_000).rounded())
    row.row.flags |= UInt32(flags)
    return try call.append(row)
  }
}
