import DuikouModel
import Testing

@testable import DuikouHost

@Suite("A section that is wrong")
struct ConfigurationErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var key: String
    var value: PluginSection.Value
    /// What stands behind the key in the error.
    var message: String
    var testDescription: String { name }
  }

  private static let stars = "expects a whole number from 0 to 4294967295"
  private static let text = "expects text of at most 65536 bytes without NUL"
  private static let bytes =
    "expects at most 65536 bytes as base64, or {file: PATH} with the bytes"
  private static let date =
    "expects a date such as 2018-07-04, or a whole number of days since 1970-01-01"

  private static let files: [String: [UInt8]] = [
    "/text": Array("hush-hush".utf8), "/latin": [0x68, 0x75, 0x73, 0x68, 0xe9],
    "/nul": Array("hush\0hush".utf8), "/long": [UInt8](repeating: 0x61, count: (1 << 16) + 1),
  ]

  @Test(
    "is refused with file, line, plugin, key and what was expected",
    arguments: [
      Case(
        name: "a fraction of a star", key: "least_stars", value: .plain("3.5"),
        message: "\(stars), not 3.5"),
      Case(
        name: "a whole number written as a fraction", key: "least_stars", value: .plain("3.0"),
        message: "\(stars), not 3.0"),
      Case(
        name: "a negative number", key: "least-stars", value: .plain("-1"),
        message: "\(stars), not -1"),
      Case(
        name: "a number that is too large", key: "least_stars", value: .plain("4294967296"),
        message: "\(stars), not 4294967296"),
      Case(
        name: "a number in quotes", key: "least_stars", value: .quoted("3"),
        message: "\(stars), not the text \"3\""),
      Case(
        name: "a number in hex", key: "least_stars", value: .plain("0x10"),
        message: "\(stars), not 0x10"),
      Case(
        name: "a truth for a number", key: "least_stars", value: .plain("true"),
        message: "\(stars), not true"),
      Case(
        name: "a list for a number", key: "least_stars", value: .other("a list"),
        message: "\(stars), not a list"),
      Case(
        name: "nothing for a number", key: "least_stars", value: .plain(""),
        message: "\(stars), not nothing; leave the line out"),
      Case(
        name: "a number that is much too long", key: "least_stars",
        value: .plain(String(repeating: "9", count: 100)),
        message: "\(stars), not \(String(repeating: "9", count: 64))…"),
      Case(
        name: "a line break in a number", key: "least_stars", value: .plain("1\n2"),
        message: "\(stars), not 1 2"),
      Case(
        name: "a number of a unit", key: "balance", value: .plain("much"),
        message:
          "expects a whole number from -9223372036854775808 to 9223372036854775807, in fen, not much"
      ),
      Case(
        name: "not a number", key: "weight", value: .plain("nan"),
        message: "expects a number, not nan"),
      Case(
        name: "a number without end", key: "weight", value: .plain(".inf"),
        message: "expects a number, not .inf"),
      Case(
        name: "a number beyond all", key: "weight", value: .plain("1e999"),
        message: "expects a number, not 1e999"),
      Case(
        name: "a number in hex for a fraction", key: "weight", value: .plain("0x1p3"),
        message: "expects a number, not 0x1p3"),
      Case(
        name: "no name", key: "season", value: .plain("spring"),
        message: "expects one of summer, winter, not spring"),
      Case(
        name: "a name in other letters", key: "season", value: .plain("Winter"),
        message: "expects one of summer, winter, not Winter"),
      Case(
        name: "a number for a name", key: "season", value: .plain("1"),
        message: "expects one of summer, winter, not 1"),
      Case(
        name: "a truth of YAML 1.1", key: "strict", value: .plain("yes"),
        message: "expects one of false, true, not yes"),
      Case(
        name: "a day that is none", key: "since", value: .plain("2019-02-29"),
        message: "\(date), not 2019-02-29"),
      Case(
        name: "a month that is none", key: "since", value: .plain("2019-13-01"),
        message: "\(date), not 2019-13-01"),
      Case(
        name: "a date of another order", key: "since", value: .plain("4.7.2018"),
        message: "\(date), not 4.7.2018"),
      Case(
        name: "text with a NUL", key: "api_key", value: .quoted("hush\0"),
        message: "\(text), not text with a NUL"),
      Case(
        name: "text that is too long", key: "api_key",
        value: .plain(String(repeating: "a", count: 65_537)), message: "\(text), not 65537 bytes"),
      Case(
        name: "nothing for text", key: "api_key", value: .plain("~"),
        message:
          "\(text), not nothing; leave the line out, or put quotes around what is meant as text"),
      Case(
        name: "a mapping for text", key: "api_key", value: .other("a mapping"),
        message: "\(text), not a mapping"),
      Case(
        name: "what is no base64", key: "seed", value: .plain("hush!"),
        message: "\(bytes), which this is not"),
      Case(
        name: "a variable that is not set", key: "api_key", value: .environment("STAYS_KEI"),
        message: "the environment has no variable STAYS_KEI; set it, or leave the line out"),
      Case(
        name: "a secret for the name of a variable", key: "api_key",
        value: .environment("hush-hush"),
        message: "env takes the name of a variable, such as API_KEY"),
      Case(
        name: "a variable without a number", key: "least_stars", value: .environment("STAYS_KEY"),
        message: "\(stars), which the variable STAYS_KEY does not hold"),
      Case(
        name: "a variable without a name", key: "season", value: .environment("STAYS_KEY"),
        message: "expects one of summer, winter, which the variable STAYS_KEY does not hold"),
      Case(
        name: "a variable without base64", key: "seed", value: .environment("STAYS_KEY"),
        message: "\(bytes), which the variable STAYS_KEY does not hold"),
      Case(
        name: "a file that is not there", key: "api_key", value: .file("/none"),
        message: "the file /none is not there"),
      Case(
        name: "a file without a number", key: "least_stars", value: .file("/text"),
        message: "\(stars), which the file /text does not hold"),
      Case(
        name: "a file that is no text", key: "api_key", value: .file("/latin"),
        message: "the file /latin is not UTF-8 text"),
      Case(
        name: "a file with a NUL", key: "api_key", value: .file("/nul"),
        message: "\(text), which the file /nul does not hold"),
      Case(
        name: "a file that is too long", key: "api_key", value: .file("/long"),
        message: "the file /long has more than the 65536 bytes that are taken"),
      Case(
        name: "a file of bytes that is too long", key: "seed", value: .file("/long"),
        message: "the file /long has more than the 65536 bytes that are taken"),
      Case(
        name: "a key that is almost one", key: "least_star", value: .plain("3"),
        message: "there is no such key; did you mean least_stars?"),
      Case(
        name: "a key that is none", key: "qqqqqqqqqqqq", value: .plain("3"),
        message:
          "there is no such key; there are: least_stars, season, api_key, seed, shift, since, balance, budget, weight, strict, city"
      ),
    ])
  func refused(_ example: Case) {
    let error = #expect(throws: DuikouError.self) {
      try Stays.read([(example.key, example.value)], files: Self.files)
    }
    #expect(error?.code == .invalidArgument)
    #expect(
      error?.message
        == "duikoud.yaml, line 3: cn.example.stays: \(example.key): \(example.message)")
    #expect(error.map { "\($0)".contains("hush") } == false)
  }

  @Test("twice, by either way of writing a key, is told with both lines")
  func duplicates() {
    let error = #expect(throws: DuikouError.self) {
      try Stays.read([("least_stars", .plain("3")), ("least-stars", .plain("4"))])
    }
    #expect(
      error?.message
        == "duikoud.yaml, line 4: cn.example.stays: least-stars: stands in line 3 already; leave one "
        + "of them out")
  }

  @Test("more than once is told by its first line")
  func firstLine() throws {
    var section = Stays.section([
      ("season", .plain("spring")), ("nothing_known", .plain("1")), ("weight", .other("a list")),
    ])
    section.entries.reverse()
    let error = #expect(throws: DuikouError.self) {
      try Stays.schema().row(from: section, environment: [:])
    }
    #expect(error?.message.hasPrefix("duikoud.yaml, line 3: cn.example.stays: season: ") == true)
  }

  @Test("of whatever is read or refused, and harms nobody")
  func anything() throws {
    let texts = [
      "", " ", "0", "-0", "+1", "1_000", "１", "1e400", "-1e400", "e", ".", "-", "--", "9999-12-31",
      "0000-00-00", "0000-01-01", "99999-1-1", "\u{0}", "\u{FEFF}3", "=", "====", "A",
      "AA==\u{301}",
      "\r\n", "\u{2028}", "null", "true", "\u{1F468}\u{200D}\u{1F469}",
      String(repeating: "9", count: 1 << 17), String(repeating: "👩", count: 1 << 14),
    ]
    let keys = try Stays.type().fields.map(\.name) + ["", "-", "least__stars", "env", "\n", "蒙"]
    for text in texts {
      let values: [PluginSection.Value] = [
        .plain(text), .quoted(text), .environment("TEXT"), .environment(text), .file("/text"),
        .file(text), .other(text),
      ]
      for (key, value) in keys.flatMap({ key in values.map { (key, $0) } }) {
        do {
          let configuration = try Stays.read(
            [(key, value)], files: ["/text": Array(text.utf8)], environment: ["TEXT": text])
          _ = try Stays.record(configuration)
        } catch let error as DuikouError {
          #expect(error.code == .invalidArgument, "\(error)")
          #expect(error.message.hasPrefix("duikoud.yaml, line 3: cn.example.stays: "), "\(error)")
          #expect(error.message == error.message.withoutControls || value == .other(text))
        }
      }
    }
  }

  @Test("altogether is told at the line that is too much")
  func tooMuch() throws {
    let type = try TypeDescriptor(
      name: "\(Stays.id).config", id: 0x10000, size: 256,
      fields: (1...20).map {
        FieldDescriptor(name: "t\($0)", number: UInt32($0), offset: 32 + 8 * $0, kind: .string)
      })
    let schema = try ConfigurationSchema(type, of: Stays.id)
    let long = String(repeating: "a", count: 1 << 16)
    func read(_ count: Int) throws -> PluginConfiguration {
      try schema.row(
        from: Stays.section((1...count).map { ("t\($0)", .plain(long)) }), environment: [:])
    }
    #expect(try read(15).image.size <= 1 << 20)
    let error = #expect(throws: DuikouError.self) { try read(20) }
    #expect(
      error?.message
        == "duikoud.yaml, line 18: cn.example.stays: t16: is too much: a configuration has at most "
        + "1048576 bytes altogether")
  }
}
