import DuikouModel
import Testing

@testable import DuikouHost

@Suite("A configuration type")
struct ConfigurationSchemaTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var field: FieldDescriptor
    var word: String
    var testDescription: String { name }
  }

  private static func field(
    _ kind: FieldDescriptor.Kind, _ values: [(String, Int64)] = []
  ) -> FieldDescriptor {
    FieldDescriptor(
      name: "more", number: 12, offset: 104, kind: kind,
      values: values.map { .init(name: $0.0, documentation: "", value: $0.1) })
  }

  @Test(
    "is refused where a section cannot be one",
    arguments: [
      Case(name: "a span", field: field(.span), word: "make it a string"),
      Case(name: "a reference", field: field(.ref), word: "refers to another row"),
      Case(name: "names of a fraction", field: field(.f64, [("a", 1)]), word: "only whole numbers"),
      Case(name: "names of text", field: field(.string, [("a", 1)]), word: "only whole numbers"),
      Case(name: "a name twice", field: field(.u32, [("a", 1), ("a", 2)]), word: "two values a"),
      Case(name: "no name", field: field(.u32, [("", 1)]), word: "without a name"),
      Case(name: "a negative u32", field: field(.u32, [("a", -1)]), word: "a, -1"),
      Case(name: "a long i32", field: field(.i32, [("a", 1 << 31)]), word: "a, 2147483648"),
    ])
  func refused(_ example: Case) throws {
    let type = try Stays.type([example.field])
    let error = #expect(throws: DuikouError.self) {
      try ConfigurationSchema(type, of: Stays.id)
    }
    #expect(error?.code == .invalidArgument)
    let message = error?.message ?? ""
    #expect(message.hasPrefix("cn.example.stays: row type cn.example.stays.config cannot be"))
    #expect(message.contains("field more") && message.contains(example.word), "\(message)")
  }

  @Test("is one of the plugin's own, or there is none")
  func ofPlugin() throws {
    var plugin = PluginDescription(
      id: Stays.id, version: try #require(SemanticVersion("1.0.0")), versionText: "1.0.0",
      types: [try Stays.type()])
    #expect(try plugin.configurationSchema() == nil)
    plugin.config = 0x5a3c_91e7
    #expect(try plugin.configurationSchema()?.type.name == "cn.example.stays.config")
    plugin.config = 0x10
    let error = #expect(throws: DuikouError.self) { try plugin.configurationSchema() }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains("0x10, which is not among its types") == true)
  }

  @Test("without fields takes no keys")
  func empty() throws {
    let type = try TypeDescriptor(name: "\(Stays.id).config", id: 0x10000, size: 32, fields: [])
    let schema = try ConfigurationSchema(type, of: Stays.id)
    let error = #expect(throws: DuikouError.self) {
      try schema.row(from: Stays.section([("a", .plain("1"))]), environment: [:])
    }
    #expect(error?.message.hasSuffix("a: there is no such key; there are none") == true)
  }

  @Test("is described as a JSON Schema")
  func jsonSchema() throws {
    #expect(try Stays.schema().jsonSchema == Self.expectedSchema)
  }
}
