import DuikouModel
import Testing

@testable import DuikouHost

@Suite("The row of a section")
struct ConfigurationRowTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var key: String
    var value: PluginSection.Value
    /// What the record has; nil for nothing.
    var expected: Record.Value?
    var testDescription: String { name }
  }

  private static let files: [String: [UInt8]] = [
    "/line": Array("from a file\n".utf8), "/crlf": Array("from a file\r\n".utf8),
    "/lines": Array("from a file\n\n".utf8), "/raw": [0, 0xff, 0x0a], "/number": Array("4\n".utf8),
    "/longest": [UInt8](repeating: 0x61, count: 1 << 16) + Array("\r\n".utf8), "/empty": [],
  ]

  @Test(
    "has what was set, as its field takes it",
    arguments: [
      Case(name: "a number", key: "least_stars", value: .plain("3"), expected: .uint(3)),
      Case(
        name: "a hyphen for an underscore", key: "least-stars", value: .plain("3"),
        expected: .uint(3)),
      Case(
        name: "the largest u32", key: "least_stars", value: .plain("4294967295"),
        expected: .uint(4_294_967_295)),
      Case(
        name: "zero, which is not nothing", key: "least_stars", value: .plain("0"),
        expected: .uint(0)),
      Case(
        name: "the least i32", key: "shift", value: .plain("-2147483648"),
        expected: .int(-2_147_483_648)),
      Case(
        name: "the least i64", key: "balance", value: .plain("-9223372036854775808"),
        expected: .int(.min)),
      Case(
        name: "the largest u64", key: "budget", value: .plain("18446744073709551615"),
        expected: .uint(.max)),
      Case(name: "a fraction", key: "weight", value: .plain("-2.5e-3"), expected: .double(-0.0025)),
      Case(
        name: "a whole number for a fraction", key: "weight", value: .plain("2"),
        expected: .double(2)),
      Case(name: "a name", key: "season", value: .plain("winter"), expected: .name("winter", 2)),
      Case(
        name: "a name in quotes", key: "season", value: .quoted("winter"),
        expected: .name("winter", 2)),
      Case(
        name: "a name that YAML has for itself", key: "strict", value: .plain("true"),
        expected: .name("true", 1)),
      // Records have no name for zero, as they have none for what is absent.
      Case(name: "a name of zero", key: "strict", value: .plain("false")),
      Case(name: "a date", key: "since", value: .plain("2018-07-04"), expected: .date(17716)),
      Case(
        name: "a date in quotes", key: "since", value: .quoted("2018-07-04"), expected: .date(17716)
      ),
      Case(name: "a date as days", key: "since", value: .plain("-1"), expected: .date(-1)),
      Case(name: "text", key: "api_key", value: .plain("北京"), expected: .string("北京")),
      Case(
        name: "text that looks like a number", key: "api_key", value: .plain("1.10"),
        expected: .string("1.10")),
      Case(
        name: "text that looks like a truth", key: "api_key", value: .plain("true"),
        expected: .string("true")),
      Case(
        name: "text that is nothing elsewhere", key: "api_key", value: .quoted("null"),
        expected: .string("null")),
      Case(
        name: "empty text, which is not nothing", key: "api_key", value: .quoted(""),
        expected: .string("")),
      Case(name: "bytes", key: "seed", value: .plain("AP8K"), expected: .bytes([0, 0xff, 0x0a])),
      Case(
        name: "folded bytes", key: "seed", value: .quoted("AP\n8K\n"),
        expected: .bytes([0, 0xff, 0x0a])),
      Case(name: "no bytes", key: "seed", value: .quoted(""), expected: .bytes([])),
      Case(
        name: "a variable", key: "api_key", value: .environment("STAYS_KEY"),
        expected: .string("hush-hush")),
      Case(
        name: "a number in a file", key: "least_stars", value: .file("/number"), expected: .uint(4)),
      Case(
        name: "a file without its last line break", key: "api_key", value: .file("/line"),
        expected: .string("from a file")),
      Case(
        name: "a file of Windows without it", key: "api_key", value: .file("/crlf"),
        expected: .string("from a file")),
      Case(
        name: "a file without one of two", key: "api_key", value: .file("/lines"),
        expected: .string("from a file\n")),
      Case(name: "an empty file", key: "api_key", value: .file("/empty"), expected: .string("")),
      Case(
        name: "the longest file", key: "api_key", value: .file("/longest"),
        expected: .string(String(repeating: "a", count: 1 << 16))),
      Case(
        name: "a file of bytes, all of them", key: "seed", value: .file("/raw"),
        expected: .bytes([0, 0xff, 0x0a])),
    ])
  func values(_ example: Case) throws {
    let configuration = try Stays.read([(example.key, example.value)], files: Self.files)
    let record = try Stays.record(configuration)
    #expect(record.fields.map(\.value) == [example.expected].compactMap { $0 })
    #expect(configuration.keys == [example.key.replacing("-", with: "_")])
  }

  @Test("has nothing that was not set, and one without a section has nothing at all")
  func absent() throws {
    let schema = try Stays.schema()
    let nothing = try schema.row(from: nil, environment: [:])
    #expect(try Stays.record(nothing).fields.isEmpty)
    #expect(nothing.image.count(of: schema.type.id) == 1 && !nothing.hasSecrets)
    let table = try #require(nothing.image.table(schema.type.id))
    nothing.image.withUnsafeBytes { bytes in
      #expect(bytes[table.offset..<table.offset + table.rowSize].allSatisfy { $0 == 0 })
    }
    let empty = try schema.row(from: Stays.section([]), environment: [:])
    #expect(empty.digest == nothing.digest)
  }

  @Test("has all fields at once, wherever their keys stand")
  func everything() throws {
    let entries: [(String, PluginSection.Value)] = [
      ("city", .plain("赤峰")), ("strict", .plain("true")), ("weight", .plain("0.5")),
      ("budget", .plain("7")), ("balance", .plain("-7")), ("since", .plain("2000-02-29")),
      ("shift", .plain("-3")), ("seed", .plain("AQ==")), ("api_key", .environment("STAYS_KEY")),
      ("season", .plain("summer")), ("least-stars", .plain("5")),
    ]
    let configuration = try Stays.read(entries)
    let fields = try Stays.record(configuration).fields
    #expect(fields.map(\.name) == configuration.keys && fields.count == 11)
    #expect(
      fields.map(\.value) == [
        .uint(5), .name("summer", 1), .string("hush-hush"), .bytes([1]), .int(-3), .date(11016),
        .int(-7), .uint(7), .double(0.5), .name("true", 1), .string("赤峰"),
      ])
    #expect(configuration.hasSecrets)
    #expect(try Stays.read(entries.reversed()).digest == configuration.digest)
  }

  @Test("says of a name of zero that it is set")
  func zero() throws {
    let configuration = try Stays.read([("strict", .plain("false"))])
    let table = try #require(configuration.image.tables.first)
    let has = configuration.image.withUnsafeBytes {
      $0.load(fromByteOffset: table.offset, as: UInt64.self)
    }
    #expect(has == 1 << 10)
  }

  @Test("of any number reads back as that number")
  func everyNumber() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let bits = generator.next() >> UInt64.random(in: 0..<64)
      let double = Double(bitPattern: generator.next())
      let expected: [(String, String, Record.Value)] =
        [
          (
            "least_stars", "\(UInt32(truncatingIfNeeded: bits))",
            .uint(UInt64(UInt32(truncatingIfNeeded: bits)))
          ),
          (
            "shift", "\(Int32(truncatingIfNeeded: bits))",
            .int(Int64(Int32(truncatingIfNeeded: bits)))
          ),
          ("balance", "\(Int64(bitPattern: bits))", .int(Int64(bitPattern: bits))),
          ("budget", "\(bits)", .uint(bits)),
        ] + (double.isFinite ? [("weight", "\(double)", .double(double))] : [])
      let record = try Stays.record(Stays.read(expected.map { ($0.0, .plain($0.1)) }))
      for (key, _, value) in expected { #expect(record[key] == value) }
    }
  }

  @Test("has another digest after any change of a value, of what is set, or of the type")
  func digests() throws {
    func digest(_ entries: [(String, PluginSection.Value)], secret: String = "a") throws -> String {
      try Stays.read(
        entries, files: ["/key": Array(secret.utf8)], environment: ["STAYS_KEY": secret]
      ).digest
    }
    let digests = try [
      digest([]), digest([("least_stars", .plain("0"))]), digest([("least_stars", .plain("1"))]),
      digest([("season", .plain("summer"))]), digest([("strict", .plain("false"))]),
      digest([("api_key", .quoted(""))]), digest([("city", .quoted(""))]),
      digest([("api_key", .quoted("a")), ("city", .quoted("bc"))]),
      digest([("api_key", .quoted("ab")), ("city", .quoted("c"))]),
      digest([("api_key", .environment("STAYS_KEY"))], secret: "x"),
      digest([("api_key", .environment("STAYS_KEY"))], secret: "y"),
      digest([("api_key", .file("/key"))], secret: "z"),
      digest([("seed", .file("/key"))], secret: "z"),
    ]
    #expect(Set(digests).count == digests.count)
    #expect(digests.allSatisfy { $0.utf8.count == 64 })
    let other = try ConfigurationSchema(
      Stays.type([FieldDescriptor(name: "more", number: 12, offset: 104, kind: .u32)]),
      of: Stays.id)
    #expect(try other.row(from: nil, environment: [:]).digest != digests[0])
  }

  @Test("is printed without its values, in every way")
  func printing() throws {
    let section = Stays.section([
      ("api_key", .environment("STAYS_KEY")), ("city", .plain("hush")), ("seed", .file("/hush")),
    ])
    let configuration = try Stays.read(
      section.entries.map { ($0.key, $0.value) }, files: ["/hush": Array("hush".utf8)])
    #expect(
      "\(configuration)" == "a configuration that sets api_key, seed, city, secrets among them")
    #expect("\(try Stays.read([]))" == "a configuration with nothing set")
    var dumped = ""
    dump(configuration, to: &dumped)
    dump(section, to: &dumped)
    dump([Stays.id: section], to: &dumped)
    let texts = [
      dumped, "\(configuration)", "\(Optional(configuration) as Any)", "\([configuration])",
      String(reflecting: configuration), "\(section)", String(reflecting: section),
      "\(section.entries[0])", "\(Mirror(reflecting: configuration).children.map { $0 })",
    ]
    for text in texts {
      #expect(!text.contains("hush") && !text.contains(configuration.digest), "\(text)")
    }
  }
}
