import CDuikou
import DuikouModel
import Testing

@testable import DuikouWire

@Suite("A request's bytes")
struct RequestDecoderTests {
  private let decoder: RequestDecoder
  private let schema: Schema

  init() throws {
    schema = try Sample.schema([try Sample.type()])
    decoder = try Sample.contract().methods[0].decoder
  }

  private static let table = UInt64(Sample.typeID & 0x1fff_ffff)

  /// A message that is written by hand.
  private static func message(_ write: (inout WireWriter) -> Void) -> [UInt8] {
    var writer = WireWriter(capacity: 4096)
    write(&writer)
    return writer.withBytes { Array($0) }
  }

  private static func thing(_ write: (inout WireWriter) -> Void) -> [UInt8] {
    message { writer in
      writer.varint(table << 3 | 2)
      let start = writer.beginMessage()
      write(&writer)
      writer.endMessage(start)
    }
  }

  private static func text(_ text: String) -> [UInt8] {
    message { writer in
      writer.varint(15 << 3 | 2)
      writer.varint(UInt64(text.utf8.count))
      Array(text.utf8).withUnsafeBytes { writer.raw($0) }
    }
  }

  private func decode(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> Image {
    try bytes.withUnsafeBytes { buffer in
      try Result { () throws(DuikouError) in try decoder.decode(buffer, limit: limit) }.get()
    }
  }

  private func records(_ image: Image) -> [Record] {
    Array(image.records(of: Sample.typeID, schema: schema))
  }

  @Test("become rows, with every kind of field")
  func kinds() throws {
    let bytes =
      Self.text("敖汉旗")
      + Self.thing { writer in
        writer.varint(1 << 3)
        writer.varint(UInt64(bitPattern: -7))
        writer.varint(2 << 3)
        writer.varint(UInt64(UInt32.max))
        writer.varint(3 << 3)
        writer.varint(UInt64(bitPattern: .min))
        writer.varint(4 << 3)
        writer.varint(.max)
        writer.varint(5 << 3 | 1)
        writer.fixed64((0.25).bitPattern)
        writer.varint(6 << 3 | 2)
        writer.varint(6)
        Array("赤峰".utf8).withUnsafeBytes { writer.raw($0) }
        writer.varint(7 << 3 | 2)
        writer.varint(2)
        [0xff, 0x00].withUnsafeBytes { writer.raw(UnsafeRawBufferPointer(rebasing: $0[..<2])) }
        writer.varint(8 << 3 | 2)
        writer.varint(4)
        for byte: UInt64 in [1 << 3, 3, 2 << 3, 6] { writer.varint(byte) }
        writer.varint(9 << 3 | 2)
        writer.varint(0)
        writer.varint(10 << 3)
        writer.varint(2)
        writer.varint(63 << 3)
        writer.varint(42)
      }
    let record = try #require(records(try decode(bytes)).first)
    #expect(record["small"] == .int(-7))
    #expect(record["count"] == .uint(UInt64(UInt32.max)))
    #expect(record["amount"] == .int(.min))
    #expect(record["total"] == .uint(.max))
    #expect(record["share"] == .double(0.25))
    #expect(record["name"] == .string("赤峰"))
    #expect(record["blob"]?.description == "2 bytes")
    #expect(record["place"] == .span(.init(range: 3..<9, text: "汉旗", source: .init(line: 1))))
    #expect(record["same_as"] == .reference(type: "cn.example.sample.thing", index: 0))
    #expect(record["level"] == .name("high", 2))
    #expect(record["code"] == .int(42))
  }

  @Test("keep zero apart from absent, and empty from absent")
  func presence() throws {
    let bytes =
      Self.thing { writer in
        for field: UInt64 in [1 << 3, 0, 6 << 3 | 2, 0] { writer.varint(field) }
      } + Self.thing { _ in }
    let records = records(try decode(bytes))
    #expect(records[0]["small"] == .int(0))
    #expect(records[0]["name"] == .string(""))
    // A key has no presence of its own.
    #expect(records[1].fields == [.init(name: "code", value: .int(0))])
  }

  @Test("make the text the only document where none is described")
  func documents() throws {
    let image = try decode(Self.text("北京市"))
    #expect(image.documents.count == 1)
    #expect(String(image.text(in: image.documents[0].text)) == "北京市")
    #expect(image.table(Sample.typeID)?.count == 0)
  }

  @Test("count the last of a field that stands twice, and leave out unknown ones")
  func repeated() throws {
    let bytes = Self.thing { writer in
      for field: UInt64 in [1 << 3, 1, 1 << 3, 2] { writer.varint(field) }
      // Fields of a newer client: a number, a string, four bytes, a group; and one of another type.
      for field: UInt64 in [50 << 3, 9, 51 << 3 | 2, 1, 65] { writer.varint(field) }
      for field: UInt64 in [52 << 3 | 5, 1, 1, 1, 1, 53 << 3 | 3, 1 << 3, 7, 53 << 3 | 4] {
        writer.varint(field)
      }
      for field: UInt64 in [2 << 3 | 2, 0] { writer.varint(field) }
    }
    let record = try #require(records(try decode(bytes)).first)
    #expect(record.fields.filter { $0.name != "code" } == [.init(name: "small", value: .int(2))])
  }

  @Test("merge a message that stands twice, as protobuf has it")
  func merged() throws {
    let tag = UInt64(RowHeaderField.evidence.rawValue) << 3 | 2
    let bytes =
      Self.text("北京市")
      + Self.thing { writer in
        for field: UInt64 in [tag, 2, 1 << 3, 3, tag, 2, 2 << 3, 6] { writer.varint(field) }
      }
    let image = try decode(bytes)
    let record = try #require(records(image).first)
    #expect(record.evidence?.range == 3..<9 && record.evidence?.text == "京市")
  }

  /// Bytes that are no request, and what is said of them.
  struct Bad: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var sentence: String
    var code = StatusCode.invalidArgument
  }

  @Test(
    "are refused with a sentence",
    arguments: [
      Bad(
        testDescription: "an open end", bytes: [0x7a, 0x05, 0x41], sentence: "ends in the middle"),
      Bad(testDescription: "a tag of zero", bytes: [0x00], sentence: "tag is not one"),
      Bad(testDescription: "a type that is none", bytes: [0x0f], sentence: "tag is not one"),
      Bad(
        testDescription: "a number without end",
        bytes: [0x08] + [UInt8](repeating: 0xff, count: 10),
        sentence: "more than 64 bits"),
      Bad(testDescription: "a group without begin", bytes: [0x0c], sentence: "has not begun"),
      Bad(
        testDescription: "groups without end", bytes: [UInt8](repeating: 0x0b, count: 200),
        sentence: "too deep"),
      Bad(
        testDescription: "text that is not UTF-8", bytes: [0x7a, 0x02, 0xe6, 0x95],
        sentence: "not UTF-8"),
      Bad(
        testDescription: "a string that is not UTF-8",
        bytes: thing { writer in
          for byte: UInt64 in [6 << 3 | 2, 1] { writer.varint(byte) }
          [UInt8(0xff)].withUnsafeBytes { writer.raw($0) }
        }, sentence: "name is not UTF-8"),
      Bad(
        testDescription: "a span that cuts a character",
        bytes: text("敖")
          + thing { writer in
            for byte: UInt64 in [8 << 3 | 2, 2, 2 << 3, 1] { writer.varint(byte) }
          }, sentence: "place cuts a character"),
      Bad(
        testDescription: "a reference to no row",
        bytes: thing { writer in
          for byte: UInt64 in [9 << 3 | 2, 2, 2 << 3, 1] { writer.varint(byte) }
        }, sentence: "same_as names row 1"),
      Bad(
        testDescription: "the last of all references",
        bytes: thing { writer in
          writer.varint(9 << 3 | 2)
          writer.varint(6)
          writer.varint(2 << 3)
          writer.varint(UInt64(UInt32.max))
        }, sentence: "does not exist"),
      Bad(
        testDescription: "a number that is none",
        bytes: thing { writer in
          writer.varint(5 << 3 | 1)
          writer.fixed64(Double.nan.bitPattern)
        }, sentence: "share is not a finite number"),
      Bad(
        testDescription: "more rows than there is memory for",
        bytes: Array([[UInt8]](repeating: thing { _ in }, count: 20_000).joined()),
        sentence: "send fewer rows", code: .resourceExhausted),
    ])
  func bad(_ bad: Bad) throws {
    let error = try #require(throws: DuikouError.self) { _ = try decode(bad.bytes) }
    #expect(error.code == bad.code)
    #expect(error.message.contains(bad.sentence), "\(error.message)")
  }

  @Test("never crash whatever they are, and what is taken is a sound image")
  func fuzz() throws {
    let seed =
      Self.text("敖汉旗")
      + Self.thing { writer in
        for byte: UInt64 in [1 << 3, 5, 6 << 3 | 2, 3] { writer.varint(byte) }
        Array("旗".utf8).withUnsafeBytes { writer.raw($0) }
        for byte: UInt64 in [8 << 3 | 2, 2, 2 << 3, 3, 9 << 3 | 2, 0] { writer.varint(byte) }
      }
    var random = Lehmer(seed: 7)
    var taken = 0
    for round in 0..<20_000 {
      var bytes = seed
      for _ in 0...(round % 4) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
        }
      }
      guard let image = try? decode(bytes) else { continue }
      taken += 1
      let copy = try image.withUnsafeBytes { buffer in
        try Result { () throws(DuikouError) in try Image(validating: buffer, schema: schema) }
          .get()
      }
      #expect(copy.size == image.size)
    }
    #expect(taken > 100)
  }
}

/// Random numbers that are the same in every run.
struct Lehmer: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed << 1 | 1 }

  mutating func next() -> UInt64 {
    state = state &* 0xda94_2042_e4dd_58b5 &+ 0x9e37_79b9_7f4a_7c15
    return state ^ state >> 29
  }
}
