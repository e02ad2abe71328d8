/// The header `traceparent` of W3C Trace Context, version 00: which trace a call belongs to, and below
/// which span.
///
/// Source: https://www.w3.org/TR/trace-context/#traceparent-header
struct TraceParent: Sendable, Hashable {
  static let header = "traceparent"

  /// 32 lower-case hexadecimal digits that are not all zero.
  let trace: String
  /// 16 lower-case hexadecimal digits that are not all zero.
  let span: String
  /// Whether the caller records the trace.
  let isSampled: Bool

  init(trace: String, span: String, isSampled: Bool) {
    self.trace = trace
    self.span = span
    self.isSampled = isSampled
  }

  /// Reads the header's value; nil where it is none. Of later versions only what version 00 knows is read.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, Self.isHex(parts[0], 2), parts[0] != "ff",
      parts[0] != "00" || parts.count == 4, Self.isHex(parts[1], 32), Self.isHex(parts[2], 16),
      Self.isHex(parts[3], 2), let flags = UInt8(parts[3], radix: 16),
      parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
    else { return nil }
    self.init(trace: String(parts[1]), span: String(parts[2]), isSampled: flags & 1 == 1)
  }

  private static func isHex(_ text: Substring, _ count: Int) -> Bool {
    text.utf8.count == count
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// A new span of the same trace; of a new trace where there is none.
  static func child(of parent: TraceParent?) -> TraceParent {
    TraceParent(
      trace: parent?.trace ?? digits(UInt64.random(in: 1 ... .max))
        + digits(UInt64.random(in: 1 ... .max)),
      span: digits(UInt64.random(in: 1 ... .max)), isSampled: parent?.isSampled ?? true)
  }

  private static func digits(_ number: UInt64) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}

extension TraceParent: CustomStringConvertible {
  var description: String { "00-\(trace)-\(span)-\(isSampled ? "01" : "00")" }
}
