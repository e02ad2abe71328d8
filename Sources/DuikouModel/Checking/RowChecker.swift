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
  /// Whether the call's pool is UTF-8 as a whole, so that a string of it only needs to begin and
  /// end between characters.
  var newPoolIsText = false
  /// Rows by type, those that are being checked included.
  let counts: [UInt32: Int]

  /// Checks `count` rows of a type, `stride` bytes apart.
  func check(
    rows: UnsafeRawPointer, stride: Int, count: Int, type id: UInt32
  ) throws(DuikouError) {
    let type = schema[id]
    let known = Known(
      presence: type.flatMap { stride > $0.size ? nil : $0.presenceMask } ?? .max,
      documents: self.count(of: DK_DOCUMENT), runs: self.count(of: DK_RUN))
    let checks = type.map { type in
      type.checks.filter { $0.offset + $0.kind.size <= stride }
    }
    for index in 0..<count {
      let row = rows + index * stride
      do throws(Flaw) {
        try checkHeader(row.loadUnaligned(as: dk_row.self), known)
        if let type, let checks { try checkFields(row, checks, of: type) }
      } catch {
        throw DuikouError(
          .dataLoss, "row \(index) of \(type?.name ?? hexadecimal(id)): \(error.reason)")
      }
    }
  }

  /// What is the same for all rows of a table.
  private struct Known {
    /// The presence bits that may be set.
    var presence: UInt64
    var documents: Int
    var runs: Int
  }

  private struct Flaw: Error {
    var reason: String
  }

  private func checkHeader(_ row: dk_row, _ known: Known) throws(Flaw) {
    if row.has & ~known.presence != 0 {
      throw Flaw(reason: "a presence bit is set for a field that does not exist")
    }
    if let flaw = flaw(in: row.evidence) { throw Flaw(reason: "the evidence \(flaw)") }
    guard row.confidence <= 1_000_000 else {
      throw Flaw(reason: "its confidence of \(row.confidence) ppm is above 1000000")
    }
    guard Int(row.document) <= known.documents else {
      throw Flaw(reason: "it names document \(row.document), which does not exist")
    }
    guard Int(row.run) <= known.runs else {
      throw Flaw(reason: "it names run \(row.run), which does not exist")
    }
  }

  /// Looks at a field's name only when something is wrong: names cost more than checks.
  private func checkFields(
    _ row: UnsafeRawPointer, _ checks: [TypeDescriptor.FieldCheck], of type: TypeDescriptor
  ) throws(Flaw) {
    for check in checks {
      let at = row + check.offset
      let flaw: String? =
        switch check.kind {
        case .span: flaw(in: at.loadUnaligned(as: dk_span.self))
        case .string: flaw(in: at.loadUnaligned(as: dk_str.self), isText: true)
        case .bytes: flaw(in: at.loadUnaligned(as: dk_str.self), isText: false)
        case .ref: flaw(in: at.loadUnaligned(as: dk_ref.self), target: check.target)
        case .f64: at.loadUnaligned(as: Double.self).isFinite ? nil : "is not a finite number"
        case .i32, .i64, .u32, .u64: nil
        }
      if let flaw { throw Flaw(reason: "\(type.fields[check.index].name) \(flaw)") }
    }
  }

  private func flaw(in span: dk_span) -> String? {
    guard span.len != 0 else { return nil }
    let start = Int(span.off)
    let end = start + Int(span.len)
    guard end <= text.count else { return "ends at byte \(end) of a text of \(text.count)" }
    guard Self.isBoundary(start, of: text), Self.isBoundary(end, of: text) else {
      return "cuts a character in two, at bytes \(start) to \(end)"
    }
    return nil
  }

  /// Whether an offset of valid UTF-8 lies between characters.
  private static func isBoundary(_ offset: Int, of text: UnsafeRawBufferPointer) -> Bool {
    offset == text.count || text[offset] & 0xc0 != 0x80
  }

  private func flaw(in string: dk_str, isText: Bool) -> String? {
    guard string.off != 0 else { return string.len == 0 ? nil : "is absent but has a length" }
    let start = Int(string.off)
    let end = start + Int(string.len)
    let bytes: UnsafeRawBufferPointer
    if end <= pool.count {
      bytes = UnsafeRawBufferPointer(rebasing: pool[start..<end])
    } else if start >= newPoolStart, end - newPoolStart <= newPool.count, !newPool.isEmpty {
      let (from, to) = (start - newPoolStart, end - newPoolStart)
      if newPoolIsText, Self.isBoundary(from, of: newPool), Self.isBoundary(to, of: newPool) {
        return nil
      }
      bytes = UnsafeRawBufferPointer(rebasing: newPool[from..<to])
    } else {
      return "lies in no pool, at bytes \(start) to \(end)"
    }
    return isText && !isUTF8(bytes) ? "is not UTF-8" : nil
  }

  private func flaw(in ref: dk_ref, target: UInt32) -> String? {
    guard ref.row != 0 else { return nil }
    guard target == 0 || ref.type == target else {
      return "names a row of \(name(of: ref.type)), not of \(name(of: target))"
    }
    guard let count = counts[ref.type], Int(ref.row) <= count else {
      return "names row \(ref.row - 1) of \(name(of: ref.type)), which does not exist"
    }
    return nil
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
