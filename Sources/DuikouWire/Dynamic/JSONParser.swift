import DuikouModel

/// Reads JSON documents that stand behind one another.
///
/// Foundation's parsers read one document, turn numbers into doubles before anybody can say that they
/// are 64-bit integers, drop a name that stands twice, and do not say where a flaw is.
public struct JSONParser {
  /// How deep arrays and objects may lie in one another.
  static let depthLimit = 100

  private let bytes: [UInt8]
  private var at = 0

  /// Reads UTF-8, with or without the mark of its byte order in front.
  public init(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    self.bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
  }

  /// All documents. Throws `invalidArgument` with line and column of what is no JSON.
  public static func documents(in bytes: some Sequence<UInt8>) throws(DuikouError) -> [JSONValue] {
    var parser = JSONParser(bytes)
    var documents: [JSONValue] = []
    while let document = try parser.next() { documents.append(document) }
    return documents
  }

  /// The next document; nil at the end.
  public mutating func next() throws(DuikouError) -> JSONValue? {
    skipSpace()
    return at == bytes.count ? nil : try value(depth: 0)
  }

  /// Whether a text is a number as JSON has them.
  static func isNumber(_ text: String) -> Bool {
    var parser = JSONParser(text.utf8)
    return (try? parser.number()) != nil && parser.at == parser.bytes.count
  }

  private var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

  private mutating func skipSpace() {
    while byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == character.value else { return false }
    at += 1
    return true
  }

  private mutating func value(depth: Int) throws(DuikouError) -> JSONValue {
    guard depth < Self.depthLimit else {
      throw flaw("more than \(Self.depthLimit) arrays and objects in one another")
    }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default:
      for (word, value) in Self.words where bytes[at...].starts(with: word.utf8) {
        at += word.utf8.count
        return value
      }
      throw flaw("expected a value")
    }
  }

  private static let words: [(String, JSONValue)] = [
    ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
  ]

  private mutating func object(depth: Int) throws(DuikouError) -> JSONValue {
    at += 1
    var members: [JSONValue.Member] = []
    skipSpace()
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else { throw flaw("expected a name in double quotes") }
      let key = try string()
      skipSpace()
      guard take(":") else { throw flaw("expected a colon behind \"\(key)\"") }
      skipSpace()
      members.append(JSONValue.Member(key, try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw flaw("expected a comma or }") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(DuikouError) -> JSONValue {
    at += 1
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(values) }
    repeat {
      skipSpace()
      values.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw flaw("expected a comma or ]") }
    return .array(values)
  }

  private mutating func number() throws(DuikouError) -> String {
    let start = at
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("-") { _ = take("+") }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() throws(DuikouError) {
    let start = at
    while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
    if at == start { throw flaw("expected a digit") }
  }

  private mutating func string() throws(DuikouError) -> String {
    at += 1
    var content: [UInt8] = []
    while true {
      let start = at
      while byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { at += 1 }
      content += bytes[start..<at]
      guard at < bytes.count else { throw flaw("the string does not end") }
      if take("\"") { break }
      guard take("\\") else { throw flaw("a control character in a string: write it as \\u00xx") }
      content += String(Character(try escaped())).utf8
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw flaw("the string is not UTF-8")
    }
    return text
  }

  private mutating func escaped() throws(DuikouError) -> Unicode.Scalar {
    for (letter, scalar) in Self.escapes where take(letter) { return scalar }
    guard take("u") else { throw flaw("no escape: behind \\ stands one of \"\\/bfnrtu") }
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xdc00, take("\\"), take("u") else { throw flaw("half of a surrogate pair") }
    let low = try hexadecimal()
    guard (0xdc00..<0xe000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00))
    else { throw flaw("half of a surrogate pair") }
    return scalar
  }

  private static let escapes: [(Unicode.Scalar, Unicode.Scalar)] = [
    ("\"", "\""), ("\\", "\\"), ("/", "/"), ("b", "\u{8}"), ("f", "\u{c}"), ("n", "\n"),
    ("r", "\r"), ("t", "\t"),
  ]

  private mutating func hexadecimal() throws(DuikouError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw flaw("expected four hexadecimal digits behind \\u")
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }

  private func flaw(_ reason: String) -> DuikouError {
    let before = bytes[..<at]
    let line = before.count { $0 == 0x0a } + 1
    let start = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    let column = String(decoding: before[start...], as: UTF8.self).unicodeScalars.count + 1
    let place = at == bytes.count ? "at the end" : "line \(line), column \(column)"
    return DuikouError(.invalidArgument, "this is no JSON: \(reason), \(place)")
  }
}
