import CDuikou

/// Checks rows that somebody else wrote, before anything reads them.
///
/// Never crashes on any bytes, as long as they may be read.
struct RowChecker {
  let schema: Schema
  /// The text section, which is valid UTF-8.
  let text: UnsafeRawBufferPointer
  /// The image's pool.
  let pool: UnsafeRawBufferPointer
  /// The pool of a call, and the offset at which it begins, behind the image's.
  var newPool = UnsafeRawBufferPointer(start: nil, count: 0)
  var newPoolStart = 0
  /// Rows by type, those that are being checked included.
  let counts: [UInt32: Int]

  /// Checks `count` rows of a type, `stride` bytes apart.
  func check(
    rows: UnsafeRawPointer, stride: Int, count: Int, type id: UInt32
  ) throws(DuikouError) {
    let type = schema[id]
    let isLonger = type.map { stride > $0.size } ?? true
    for index in 0..<count {
      let row = rows + index * stride
      do {
        try checkHeader(row.loadUnaligned(as: dk_row.self), type: type, isLonger: isLonger)
        if let type { try checkFields(row, stride: stride, type: type) }
      } catch {
        throw DuikouError(
          .dataLoss, "row \(index) of \(type?.name ?? hexadecimal(id)): \(error.reason)")
      }
    }
  }

  private struct Flaw: Error {
    var reason: String
  }

  private func checkHeader(
    _ row: dk_row, type: TypeDescriptor?, isLonger: Bool
  ) throws(Flaw) {
    if let type, !isLonger, row.has & ~type.presenceMask != 0 {
      throw Flaw(reason: "a presence bit is set for a field that does not exist")
    }
    try check(span: row.evidence, "the evidence")
    guard row.confidence <= 1_000_000 else {
      throw Flaw(reason: "its confidence of \(row.confidence) ppm is above 1000000")
    }
    guard row.document == 0 || Int(row.document) <= count(of: DK_DOCUMENT) else {
      throw Flaw(reason: "it names document \(row.document), which does not exist")
    }
    guard row.run == 0 || Int(row.run) <= count(of: DK_RUN) else {
      throw Flaw(reason: "it names run \(row.run), which does not exist")
    }
  }

  private func checkFields(
    _ row: UnsafeRawPointer, stride: Int, type: TypeDescriptor
  ) throws(Flaw) {
    for field in type.fields where field.offset + field.kind.size <= stride {
      let at = row + field.offset
      switch field.kind {
      case .span:
        try check(span: at.loadUnaligned(as: dk_span.self), field.name)
      case .string:
        try check(string: at.loadUnaligned(as: dk_str.self), field.name, isText: true)
      case .bytes:
        try check(string: at.loadUnaligned(as: dk_str.self), field.name, isText: false)
      case .ref:
        try check(ref: at.loadUnaligned(as: dk_ref.self), field)
      case .f64:
        guard at.loadUnaligned(as: Double.self).isFinite else {
          throw Flaw(reason: "\(field.name) is not a finite number")
        }
      case .i32, .i64, .u32, .u64:
        continue
      }
    }
  }

  private func check(span: dk_span, _ name: String) throws(Flaw) {
    guard span.len != 0 else { return }
    let start = Int(span.off)
    let end = start + Int(span.len)
    guard end <= text.count else {
      throw Flaw(reason: "\(name) ends at byte \(end) of a text of \(text.count)")
    }
    guard isBoundary(start), isBoundary(end) else {
      throw Flaw(reason: "\(name) cuts a character in two, at bytes \(start) to \(end)")
    }
  }

  private func isBoundary(_ offset: Int) -> Bool {
    offset == text.count || text[offset] & 0xc0 != 0x80
  }

  private func check(string: dk_str, _ name: String, isText: Bool) throws(Flaw) {
    guard string.off != 0 else {
      guard string.len == 0 else { throw Flaw(reason: "\(name) is absent but has a length") }
      return
    }
    let start = Int(string.off)
    let end = start + Int(string.len)
    let bytes: UnsafeRawBufferPointer
    if end <= pool.count {
      bytes = UnsafeRawBufferPointer(rebasing: pool[start..<end])
    } else if start >= newPoolStart, end - newPoolStart <= newPool.count, !newPool.isEmpty {
      bytes = UnsafeRawBufferPointer(
        rebasing: newPool[(start - newPoolStart)..<(end - newPoolStart)])
    } else {
      throw Flaw(reason: "\(name), bytes \(start) to \(end), lies in no pool")
    }
    if isText, !isUTF8(bytes) { throw Flaw(reason: "\(name) is not UTF-8") }
  }

  private func check(ref: dk_ref, _ field: FieldDescriptor) throws(Flaw) {
    guard ref.row != 0 else { return }
    guard field.target == 0 || ref.type == field.target else {
      throw Flaw(
        reason:
          "\(field.name) names a row of \(name(of: ref.type)), not of \(name(of: field.target))")
    }
    guard let count = counts[ref.type], Int(ref.row) <= count else {
      throw Flaw(
        reason:
          "\(field.name) names row \(ref.row - 1) of \(name(of: ref.type)), which does not exist")
    }
  }

  private func name(of type: UInt32) -> String { schema[type]?.name ?? hexadecimal(type) }

  private func count(of type: Int) -> Int { counts[UInt32(type)] ?? 0 }
}

/// Whether bytes are valid UTF-8.
package func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
  guard !bytes.isEmpty else { return true }
  return bytes.withMemoryRebound(to: UInt8.self) { buffer in
    (try? UTF8Span(validating: buffer.span)) != nil
  }
}
