import DuikouModel

@testable import DuikouHost

/// A plugin with a configuration of every kind of field, to test with.
enum Stays {
  static let id = "cn.example.stays"

  static func type(_ extra: [FieldDescriptor] = []) throws -> TypeDescriptor {
    try TypeDescriptor(
      name: "\(id).config", documentation: "How stays are found.", id: 0x5a3c_91e7, size: 128,
      fields: [
        FieldDescriptor(
          name: "least_stars", documentation: "Stars that a hotel needs.", number: 1, offset: 32,
          kind: .u32),
        FieldDescriptor(
          name: "season", documentation: "When one travels.", number: 2, offset: 36, kind: .u32,
          values: [
            .init(name: "summer", documentation: "Until September.", value: 1),
            .init(name: "winter", documentation: "", value: 2),
          ]),
        FieldDescriptor(name: "api_key", number: 3, offset: 40, kind: .string),
        FieldDescriptor(name: "seed", number: 4, offset: 48, kind: .bytes),
        FieldDescriptor(name: "shift", number: 5, offset: 56, kind: .i32),
        FieldDescriptor(name: "since", unit: "day", number: 6, offset: 60, kind: .i32),
        FieldDescriptor(name: "balance", unit: "fen", number: 7, offset: 64, kind: .i64),
        FieldDescriptor(name: "budget", unit: "fen", number: 8, offset: 72, kind: .u64),
        FieldDescriptor(name: "weight", number: 9, offset: 80, kind: .f64),
        FieldDescriptor(
          name: "strict", number: 10, offset: 88, kind: .u32,
          values: [
            .init(name: "false", documentation: "", value: 0),
            .init(name: "true", documentation: "", value: 1),
          ]),
        FieldDescriptor(name: "city", number: 11, offset: 96, kind: .string),
      ] + extra)
  }

  static func schema() throws -> ConfigurationSchema {
    try ConfigurationSchema(type(), of: id)
  }

  /// A section whose entries stand in the lines from 3 on.
  static func section(_ entries: [(String, PluginSection.Value)]) -> PluginSection {
    PluginSection(
      file: "duikoud.yaml", line: 2,
      entries: entries.enumerated().map {
        .init(key: $0.element.0, value: $0.element.1, line: $0.offset + 3)
      })
  }

  /// Reads a section with one variable and a few files.
  static func read(
    _ entries: [(String, PluginSection.Value)], files: [String: [UInt8]] = [:],
    environment: [String: String] = ["STAYS_KEY": "hush-hush"]
  ) throws -> PluginConfiguration {
    try schema().row(from: section(entries), environment: environment) {
      (path, most) throws(DuikouError) in
      guard let bytes = files[path] else { throw DuikouError(.notFound, "is not there") }
      return Array(bytes.prefix(most))
    }
  }

  /// The only row, by fields.
  static func record(_ configuration: PluginConfiguration) throws -> Record {
    var schema = Schema()
    try schema.add(type())
    let image = configuration.image.withUnsafeBytes { Array($0) }
    let records = try Image(validating: image, schema: schema).records(schema: schema)
    guard let record = records.first, records.count == 1 else {
      throw DuikouError(.internalError, "\(records.count) rows")
    }
    return record
  }
}

extension PluginSection.Value {
  static func plain(_ text: String) -> Self { .text(text, isQuoted: false) }
  static func quoted(_ text: String) -> Self { .text(text, isQuoted: true) }
}
