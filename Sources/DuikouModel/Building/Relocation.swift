import CDuikou

/// What changes in rows when they move from where they were written to a larger image.
///
/// Rows point at strings by offsets into a pool, at text by offsets into a section, and at
/// other rows by indices. Those that point below a floor stay, those above move by a shift.
struct Relocation {
  var textShift: UInt32 = 0
  var poolFloor: UInt32 = 0
  var poolShift: UInt32 = 0
  /// By type: references to rows above `floor` move by `shift`.
  var rows: [UInt32: (floor: UInt32, shift: UInt32)] = [:]
  /// Index of the image's first document among all; nil where documents stay as they are.
  var firstDocument: UInt32?
  /// Where the texts of several documents stand, in order: a row that names none is of the one in which it was read.
  /// Empty where rows stay as they are.
  var texts: [dk_span] = []
  /// The run that the rows come from, as index + 1; nil where it stays as it is.
  var run: UInt32?

  /// Changes one row in place, which is as long as `type` says.
  func apply(to row: UnsafeMutableRawPointer, type: TypeDescriptor) {
    relocateHeader(row.assumingMemoryBound(to: dk_row.self))
    for field in type.fields {
      let at = row + field.offset
      switch field.kind {
      case .string, .bytes:
        guard poolShift != 0 else { continue }
        let string = at.assumingMemoryBound(to: dk_str.self)
        if string.pointee.off != 0, string.pointee.off >= poolFloor {
          string.pointee.off += poolShift
        }
      case .span:
        let span = at.assumingMemoryBound(to: dk_span.self)
        if span.pointee.len != 0 { span.pointee.off += textShift }
      case .ref:
        let ref = at.assumingMemoryBound(to: dk_ref.self)
        guard ref.pointee.row != 0, let move = rows[ref.pointee.type] else { continue }
        if ref.pointee.row > move.floor { ref.pointee.row += move.shift }
      case .i32, .i64, .u32, .u64, .f64:
        continue
      }
    }
  }

  /// The document in whose text an offset lies, from 1; 0 where texts are not known.
  private func document(at offset: UInt32) -> UInt32 {
    UInt32(texts.partitioningIndex { $0.off > offset })
  }

  private func relocateHeader(_ row: UnsafeMutablePointer<dk_row>) {
    if row.pointee.evidence.len != 0 { row.pointee.evidence.off += textShift }
    if row.pointee.document == 0, row.pointee.evidence.len != 0 {
      row.pointee.document = document(at: row.pointee.evidence.off)
    }
    if let firstDocument {
      row.pointee.document = firstDocument + max(row.pointee.document, 1)
    }
    if let run {
      row.pointee.run = run
    } else if row.pointee.run != 0, let move = rows[UInt32(DK_RUN)],
      row.pointee.run > move.floor
    {
      row.pointee.run += move.shift
    }
  }
}
