import DuikouPlugin

/// A piece of HTML.
///
/// What stands in a literal is markup; whatever is interpolated is text and is escaped, so that
/// nothing from a document can become markup, in an element or in a quoted attribute.
struct Markup: ExpressibleByStringInterpolation {
  /// UTF-8.
  private(set) var bytes: [UInt8] = []

  /// No markup.
  init() {}

  init(stringLiteral markup: String) { bytes = Array(markup.utf8) }

  init(stringInterpolation: StringInterpolation) { self = stringInterpolation.markup }

  /// Markup that the plugin brings along, such as its style sheet.
  init(trusting bytes: [UInt8]) { self.bytes = bytes }

  static func += (left: inout Markup, right: Markup) { left.bytes.append(contentsOf: right.bytes) }

  /// Appends text, which is UTF-8.
  mutating func append(text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for (at, byte) in text.enumerated() {
      guard let replacement = Self.replacement(for: byte) else { continue }
      bytes.append(contentsOf: text[start..<at])
      bytes.append(contentsOf: replacement.utf8)
      start = at + 1
    }
    bytes.append(contentsOf: text[start...])
  }

  /// Makes room for the next piece, in the same memory.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// What stands for a character that is markup, or that a page must not hold.
  @inline(__always)
  private static func replacement(for byte: UInt8) -> String? {
    guard byte <= UInt8(ascii: ">") || byte == 0x7f else { return nil }
    switch byte {
    case UInt8(ascii: "&"): return "&amp;"
    case UInt8(ascii: "<"): return "&lt;"
    case UInt8(ascii: ">"): return "&gt;"
    case UInt8(ascii: "\""): return "&quot;"
    case UInt8(ascii: "'"): return "&#39;"
    case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return nil
    case 0..<0x20, 0x7f: return "\u{fffd}"
    default: return nil
    }
  }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var markup = Markup()

    init(literalCapacity: Int, interpolationCount: Int) {
      markup.bytes.reserveCapacity(literalCapacity + 24 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) {
      markup.bytes.append(contentsOf: literal.utf8)
    }

    mutating func appendInterpolation(_ piece: Markup) { markup += piece }

    mutating func appendInterpolation(_ text: String) {
      var text = text
      text.withUTF8 { markup.append(text: $0) }
    }

    mutating func appendInterpolation(_ text: ImageText) {
      text.withUTF8 { markup.append(text: $0) }
    }

    mutating func appendInterpolation(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
      markup.append(text: UnsafeBufferPointer(rebasing: text))
    }

    mutating func appendInterpolation(_ number: Int) {
      markup.bytes.append(contentsOf: String(number).utf8)
    }

    /// A date, as days since 1970-01-01.
    mutating func appendInterpolation(days: Int32) {
      appendLiteral("<time>\(CivilDate(days: Int(days)))</time>")
    }

    /// A number with so many decimals.
    mutating func appendInterpolation(_ number: Double, decimals: Int) {
      let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
      let scaled = Int((number.magnitude * Double(scale)).rounded())
      let sign = number < 0 && scaled > 0 ? "-" : ""
      let fraction = String(scaled % scale + scale).dropFirst()
      let point = decimals > 0 ? "." : ""
      markup.bytes.append(contentsOf: "\(sign)\(scaled / scale)\(point)\(fraction)".utf8)
    }
  }
}

extension Sequence<Markup> {
  /// The pieces in a row, with a mark between them.
  func joined(by separator: Markup) -> Markup {
    var result = Markup()
    for (index, piece) in enumerated() {
      if index > 0 { result += separator }
      result += piece
    }
    return result
  }
}
