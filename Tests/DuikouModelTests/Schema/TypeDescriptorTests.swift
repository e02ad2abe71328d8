import CDuikou
import Testing

@testable import DuikouModel

@Suite("A row type")
struct TypeDescriptorTests {
  struct Flaw: Sendable, CustomTestStringConvertible {
    var name: String
    var word: String
    var type = "cn.example.stay"
    var id: UInt32 = 0x1234_5678
    var size = 64
    var fields: [FieldDescriptor] = []
    var testDescription: String { name }
  }

  private static func field(
    _ name: String, _ number: UInt32, _ offset: Int, _ kind: FieldDescriptor.Kind = .u32
  ) -> FieldDescriptor {
    FieldDescriptor(name: name, number: number, offset: offset, kind: kind)
  }

  @Test(
    "is refused when its description cannot be right",
    arguments: [
      Flaw(name: "upper case", word: "lower-case", type: "cn.Example.stay"),
      Flaw(name: "no package", word: "lower-case", type: "stay"),
      Flaw(name: "an empty word", word: "lower-case", type: "cn..stay"),
      Flaw(name: "no id", word: "id is 0", id: 0),
      Flaw(name: "a size that is not of 8", word: "size", size: 60),
      Flaw(name: "a size below the header", word: "size", size: 24),
      Flaw(
        name: "overlapping fields", word: "overlap",
        fields: [field("a", 1, 32, .i64), field("b", 2, 36)]),
      Flaw(name: "a field over the header", word: "outside", fields: [field("a", 1, 24)]),
      Flaw(name: "a field beyond the end", word: "outside", fields: [field("a", 1, 60, .i64)]),
      Flaw(name: "a field out of line", word: "aligned", fields: [field("a", 1, 36, .i64)]),
      Flaw(name: "number 0", word: "1 to 63", fields: [field("a", 0, 32)]),
      Flaw(name: "number 64", word: "1 to 63", fields: [field("a", 64, 32)]),
      Flaw(
        name: "a number used twice", word: "again", fields: [field("a", 1, 32), field("b", 1, 36)]),
      Flaw(
        name: "a name used twice", word: "two fields",
        fields: [field("a", 1, 32), field("a", 2, 36)]),
      Flaw(
        name: "a field's name that is too long", word: "255",
        fields: [field(String(repeating: "a", count: 256), 1, 32)]),
      Flaw(
        name: "a value's name that is too long", word: "255",
        fields: [
          FieldDescriptor(
            name: "a", number: 1, offset: 32, kind: .u32,
            values: [
              .init(name: String(repeating: "a", count: 256), documentation: "", value: 1)
            ])
        ]),
      Flaw(name: "a field in camel case", word: "lower_snake", fields: [field("aB", 1, 32)]),
    ])
  func refused(_ flaw: Flaw) {
    let error = #expect(throws: DuikouError.self) {
      try TypeDescriptor(name: flaw.type, id: flaw.id, size: flaw.size, fields: flaw.fields)
    }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains(flaw.word) == true, "\(error?.message ?? "")")
  }

  @Test("of the domain is described as its struct lies in memory")
  func domain() throws {
    let place = try #require(Schema.domain[UInt32(DK_PLACE)])
    #expect(place.name == "duikou.place" && place.size == MemoryLayout<dk_place>.size)
    #expect(
      place.fields.first { $0.name == "lon" }?.offset == MemoryLayout<dk_place>.offset(of: \.lon))
    #expect(place.fields.filter(\.isKey).map(\.name) == ["code"])
    #expect(Schema.domain.all.count == 26)
  }

  @Test("has one id and one name among all")
  func clashes() throws {
    var schema = Schema.domain
    let first = try TypeDescriptor(name: "cn.a.row", id: 0x10001, size: 32, fields: [])
    try schema.add(first)
    try schema.add(first)
    for (name, id) in [("cn.b.row", UInt32(0x10001)), ("cn.a.row", 0x10002)] {
      let other = try TypeDescriptor(name: name, id: id, size: 32, fields: [])
      let error = #expect(throws: DuikouError.self) { try schema.add(other) }
      #expect(error?.code == .alreadyExists)
    }
  }
}
