import CDuikou

/// Checks rows that somebody else wrote, before anything reads them.
///
/// Never crashes on any bytes, as long as they may be read.
package struct RowChecker {
  /// Bytes of the longest string of a row; the bytes of a `duikou.content` row may be more.
  package static let longestString = 1 << 16

  let schema: Schema
  /// The text section, which is valid UTF-8.
  let text: UnsafeRawBufferPointer
  /// The image's pool.
  let pool: DeferredPoolText
  /// The pool of a call, and the offset at which it begins, behind the image's.
  var newPool = PoolText(UnsafeRawBufferPointer(start: nil, count: 0))
  var newPoolStart = Int.max
  /// Rows by type, those that are being checked included.
  let counts: [UInt32: Int]

  private static let rowsBetweenLooks = 4096

  /// Checks `count` rows of a type, `stride` bytes apart. `look` is called now and then, and may
  /// throw to end a check that nobody waits for.
  func check(
    rows: UnsafeRawPointer, stride: Int, count: Int, type id: UInt32,
    look: () throws(DuikouError) -> Void
  ) throws(DuikouError) {
    let type = schema[id]
    let known = Known(
      presence: type.flatMap { stride > $0.size ? nil : $0.presenceMask } ?? .max,
      documents: self.count(of: DK_DOCUMENT), runs: self.count(of: DK_RUN),
      longest: id == UInt32(DK_CONTENT) ? .max : Self.longestString)
    let checks = type?.checks.filter { $0.offset + $0.kind.size <= stride } ?? []
    for index in 0..<count {
      if index % Self.rowsBetweenLooks == 0 { try look() }
      let row = rows + index * stride
      do throws(Flaw) {
        try checkHeader(row.loadUnaligned(as: dk_row.self), known)
        for check in checks { try self.check(check, at: row + check.offset, known) }
      } catch {
        let field = error.field.map { "\(schema[id]?.fields[$0].name ?? "a field") " } ?? ""
        throw DuikouError(
          .dataLoss, "row \(index) of \(name(of: id)): \(field)\(error.reason)")
      }
    }
  }

  /// What is the same for all rows of a table.
  private struct Known {
    /// The presence bits that may be set.
    var presence: UInt64
    var documents: Int
    var runs: Int
    /// Bytes of the longest string.
    var longest: Int
  }

  private struct Flaw: Error {
    var reason: String
    /// Index of the field: names are looked up only when something is wrong.
    var field: Int?
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

  private func check(
    _ check: TypeDescriptor.FieldCheck, at field: UnsafeRawPointer, _ known: Known
  ) throws(Flaw) {
    let flaw: String? =
      switch check.kind {
      case .span: flaw(in: field.loadUnaligned(as: dk_span.self))
      case .string: flaw(in: field.loadUnaligned(as: dk_str.self), known, isText: true)
      case .bytes: flaw(in: field.loadUnaligned(as: dk_str.self), known, isText: false)
      case .ref: flaw(in: field.loadUnaligned(as: dk_ref.self), target: check.target)
      case .f64: field.loadUnaligned(as: Double.self).isFinite ? nil : "is not a finite number"
      case .i32, .i64, .u32, .u64: nil
      }
    if let flaw { throw Flaw(reason: flaw, field: check.index) }
  }

  private func flaw(in span: dk_span) -> String? {
    guard span.len != 0 else { return nil }
    let start = Int(span.off)
    let end = start + Int(span.len)
    guard end <= text.count else { return "ends at byte \(end) of a text of \(text.count)" }
    guard text.isBoundary(start), text.isBoundary(end) else {
      return "cuts a character in two, at bytes \(start) to \(end)"
    }
    return nil
  }

  private func flaw(in string: dk_str, _ known: Known, isText: Bool) -> String? {
    guard string.off != 0 else { return string.len == 0 ? nil : "is absent but has a length" }
    let length = Int(string.len)
    guard length <= known.longest else {
      return "has \(length) bytes, more than the \(known.longest) that a row's strings may have"
    }
    let start = Int(string.off)
    let end = start + length
    if start >= newPoolStart, end - newPoolStart <= newPool.bytes.count {
      let (from, to) = (start - newPoolStart, end - newPoolStart)
      return !isText || newPool.isText(from..<to) ? nil : "is not UTF-8"
    }
    guard end <= pool.bytes.count else { return "lies in no pool, at bytes \(start) to \(end)" }
    return !isText || pool.text.isText(start..<end) ? nil : "is not UTF-8"
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
