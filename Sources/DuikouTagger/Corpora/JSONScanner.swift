/// Reads the JSON of one line, from its start to its end.
struct JSONScanner {
  private let bytes: ArraySlice<UInt8>
  private var at: Int
  /// Objects and arrays that are open.
  private var depth = 0

  /// Objects and arrays within each other that are read.
  private static let deepest = 64

  /// Why a text is no JSON, or not of the shape that was asked for.
  struct Flaw: Error {
    let reason: String
  }

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  /// Reads an object; `member` is called at each value, which it must read.
  mutating func object(
    _ member: (inout JSONScanner, String) throws(Flaw) -> Void
  ) throws(Flaw) {
    try enter("{")
    defer { depth -= 1 }
    if skip("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try member(&self, key)
    } while skip(",")
    try expect("}")
  }

  /// Reads an array; `element` is called at each value, which it must read.
  mutating func array(_ element: (inout JSONScanner) throws(Flaw) -> Void) throws(Flaw) {
    try enter("[")
    defer { depth -= 1 }
    if skip("]") { return }
    repeat { try element(&self) } while skip(",")
    try expect("]")
  }

  /// Reads a whole number that is not negative.
  mutating func number() throws(Flaw) -> Int {
    skipBlanks()
    let start = at
    while at < bytes.endIndex, (0x30...0x39).contains(bytes[at]) { at += 1 }
    guard let value = Int(String(decoding: bytes[start..<at], as: UTF8.self)) else {
      throw Flaw(reason: "expects a whole number at column \(column)")
    }
    return value
  }

  /// Reads a string.
  mutating func string() throws(Flaw) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while at < bytes.endIndex {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw Flaw(reason: "is not UTF-8; convert the file to UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text += try escaped()
      default: text.append(byte)
      }
    }
    throw Flaw(reason: "has a string that does not end")
  }

  /// Reads a value of any kind, and forgets it.
  mutating func skipValue() throws(Flaw) {
    skipBlanks()
    switch at < bytes.endIndex ? bytes[at] : 0 {
    case UInt8(ascii: "{"): try object { scanner, _ throws(Flaw) in try scanner.skipValue() }
    case UInt8(ascii: "["): try array { scanner throws(Flaw) in try scanner.skipValue() }
    case UInt8(ascii: "\""): _ = try string()
    default:
      let start = at
      while at < bytes.endIndex, !",]} \t".utf8.contains(bytes[at]) { at += 1 }
      guard at > start else { throw Flaw(reason: "expects a value at column \(column)") }
    }
  }

  /// Throws where anything follows.
  mutating func end() throws(Flaw) {
    skipBlanks()
    guard at == bytes.endIndex else {
      throw Flaw(reason: "has more than one object; give each a line of its own")
    }
  }

  /// From 1, in bytes.
  private var column: Int { at - bytes.startIndex + 1 }

  private mutating func enter(_ sign: Unicode.Scalar) throws(Flaw) {
    try expect(sign)
    depth += 1
    guard depth <= Self.deepest else { throw Flaw(reason: "goes too deep") }
  }

  private mutating func expect(_ sign: Unicode.Scalar) throws(Flaw) {
    guard skip(sign) else { throw Flaw(reason: "expects \(sign) at column \(column)") }
  }

  private mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard at < bytes.endIndex, bytes[at] == UInt8(ascii: sign) else { return false }
    at += 1
    return true
  }

  private mutating func skipBlanks() {
    while at < bytes.endIndex, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
  }

  /// What stands behind a backslash.
  private mutating func escaped() throws(Flaw) -> [UInt8] {
    guard at < bytes.endIndex else { throw Flaw(reason: "has a string that does not end") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0a]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0d]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0c]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"):
      var units = [try unit()]
      if UTF16.isLeadSurrogate(units[0]), at + 1 < bytes.endIndex, bytes[at] == 0x5c,
        bytes[at + 1] == UInt8(ascii: "u")
      {
        at += 2
        units.append(try unit())
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    default: throw Flaw(reason: "has an escape that JSON does not know at column \(column)")
    }
  }

  /// Four hexadecimal digits.
  private mutating func unit() throws(Flaw) -> UInt16 {
    guard at + 4 <= bytes.endIndex,
      let unit = UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw Flaw(reason: "expects four hexadecimal digits at column \(column)") }
    at += 4
    return unit
  }
}
