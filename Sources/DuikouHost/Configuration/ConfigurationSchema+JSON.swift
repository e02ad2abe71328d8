import DuikouModel

extension ConfigurationSchema {
  /// A JSON Schema, draft 2020-12, of the plugin's section: for editors, and for people.
  ///
  /// Units stand in `x-unit`. It is stricter than the check of a section in two things: keys have underscores,
  /// and a text that looks like a number has quotes.
  public var jsonSchema: String {
    let reference = JSONValue.object([
      "description": .string("A variable of the daemon's environment, or a file, with the value."),
      "oneOf": .array([Self.reference("env"), Self.reference("file")]),
    ])
    var schema: [String: JSONValue] = [
      "$defs": .object(["reference": reference]),
      "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
      "additionalProperties": .bool(false),
      "properties": .object(
        Dictionary(type.fields.map { ($0.name, Self.property($0)) }) { first, _ in first }),
      "title": .string(type.name),
      "type": .string("object"),
    ]
    if !type.documentation.isEmpty { schema["description"] = .string(type.documentation) }
    return JSONValue.object(schema).text() + "\n"
  }

  private static func reference(_ key: String) -> JSONValue {
    .object([
      "additionalProperties": .bool(false),
      "properties": .object([key: .object(["type": .string("string")])]),
      "required": .array([.string(key)]),
      "type": .string("object"),
    ])
  }

  private static func property(_ field: FieldDescriptor) -> JSONValue {
    let documented = field.values.filter { !$0.documentation.isEmpty }
    let descriptions =
      [field.documentation] + documented.map { "\($0.name): \($0.documentation)" }
    let description = descriptions.filter { !$0.isEmpty }.joined(separator: "\n")
    var property: [String: JSONValue] = [
      "anyOf": .array(values(of: field) + [.object(["$ref": .string("#/$defs/reference")])])
    ]
    if !description.isEmpty { property["description"] = .string(description) }
    if !field.unit.isEmpty { property["x-unit"] = .string(field.unit) }
    return .object(property)
  }

  /// What a field takes besides references.
  private static func values(of field: FieldDescriptor) -> [JSONValue] {
    guard field.values.isEmpty else {
      // To other readers of YAML these are no names.
      let names = field.values.map(\.name)
      let booleans = names.compactMap { Bool($0) }.map { JSONValue.bool($0) }
      return [.object(["enum": .array(names.map { .string($0) } + booleans)])]
    }
    if let range = field.range {
      let date: [JSONValue] =
        field.isDate ? [.object(["format": .string("date"), "type": .string("string")])] : []
      return date + [
        .object([
          "maximum": .number(range.most), "minimum": .number(range.least),
          "type": .string("integer"),
        ])
      ]
    }
    switch field.kind {
    case .f64: return [.object(["type": .string("number")])]
    case .bytes:
      return [.object(["contentEncoding": .string("base64"), "type": .string("string")])]
    default:
      return [
        .object([
          "maxLength": .number("\(FieldDescriptor.longestText)"), "type": .string("string"),
        ])
      ]
    }
  }
}
