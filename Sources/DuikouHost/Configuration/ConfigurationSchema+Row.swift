import DuikouModel

extension ConfigurationSchema {
  /// Checks a section and makes the row of it. A key is the name of a field, where a hyphen stands for an
  /// underscore; a field without a key stays absent. Without a section nothing is set: a plugin that has
  /// a configuration type always gets a row of it, and only one that has none gets NULL.
  ///
  /// Numbers, dates and named values are read from plain text; bytes are base64, or the content of a
  /// file. A reference to a variable or a file takes the place of any value; of a file's text, one line
  /// break at the end does not count.
  ///
  /// Throws `invalidArgument` with file, line, plugin, key and what was expected, of the first line where
  /// something is wrong. What a variable or a file holds is in no error.
  public func row(
    from section: PluginSection?, environment: [String: String],
    readFile: @escaping FileReading = SecretFile.read
  ) throws(DuikouError) -> PluginConfiguration {
    guard let section else { return try PluginConfiguration(type, [:], hasSecrets: false) }
    let reader = ReferenceReader(environment: environment, readFile: readFile)
    var values: [UInt32: ConfigurationValue] = [:]
    var lines: [UInt32: Int] = [:]
    var room = Self.largestImage - Self.overhead - type.size
    var hasSecrets = false
    for entry in section.entries.inOrderOfLines {
      do throws(ConfigurationFlaw) {
        let field = try field(of: entry.key)
        if let line = lines.updateValue(entry.line, forKey: field.number) {
          throw ConfigurationFlaw("stands in line \(line) already; leave one of them out")
        }
        let value = try value(of: entry.value, for: field, reader)
        room -= value.size
        guard room >= 0 else {
          throw ConfigurationFlaw(
            "is too much: a configuration has at most \(Self.largestImage) bytes altogether")
        }
        values[field.number] = value
        hasSecrets = hasSecrets || entry.value.isReference
      } catch {
        throw DuikouError(
          .invalidArgument,
          "\(section.file), line \(entry.line): \(plugin): \(entry.key.shown): \(error.reason)")
      }
    }
    return try PluginConfiguration(type, values, hasSecrets: hasSecrets)
  }

  /// Bytes of an image besides its row and its strings, at most.
  private static let overhead = 128

  private func field(of key: String) throws(ConfigurationFlaw) -> FieldDescriptor {
    let name = key.replacing("-", with: "_")
    if let field = type.fields.first(where: { $0.name == name }) { return field }
    let names = type.fields.map(\.name)
    guard !names.isEmpty else { throw ConfigurationFlaw("there is no such key; there are none") }
    let near = NearestNames.to(name, in: names)
    throw ConfigurationFlaw(
      near.isEmpty
        ? "there is no such key; there are: \(names.joined(separator: ", "))"
        : "there is no such key; did you mean \(near.joined(separator: " or "))?")
  }

  private func value(
    of value: PluginSection.Value, for field: FieldDescriptor, _ reader: ReferenceReader
  ) throws(ConfigurationFlaw) -> ConfigurationValue {
    switch value {
    case .text(let text, let isQuoted):
      return try self.value(of: text, isQuoted: isQuoted, for: field)
    case .environment(let name):
      guard let value = field.value(of: try reader.variable(name)) else {
        throw ConfigurationFlaw(field, butNotIn: "the variable \(name)")
      }
      return value
    case .file(let path):
      let value =
        field.kind == .bytes
        ? .bytes(try reader.bytes(of: path)) : field.value(of: try reader.text(of: path))
      guard let value else { throw ConfigurationFlaw(field, butNotIn: "the file \(path.shown)") }
      return value
    case .other(let kind):
      throw ConfigurationFlaw("expects \(field.expectation), not \(kind)")
    }
  }

  private func value(
    of text: String, isQuoted: Bool, for field: FieldDescriptor
  ) throws(ConfigurationFlaw) -> ConfigurationValue {
    guard isQuoted || !Self.nothing.contains(text) else {
      throw ConfigurationFlaw(
        "expects \(field.expectation), not nothing; leave the line out"
          + (field.kind.isNumber ? "" : ", or put quotes around what is meant as text"))
    }
    let isText = !field.kind.isNumber || !field.values.isEmpty
    if isText || !isQuoted || field.isDate, let value = field.value(of: text) { return value }
    let isLong = text.utf8.count > FieldDescriptor.longestText
    let instead =
      switch field.kind {
      // What was meant as text may be nobody's business.
      case .string: isLong ? "not \(text.utf8.count) bytes" : "not text with a NUL"
      case .bytes: "which this is not"
      default: isQuoted && !isText ? "not the text \"\(text.shown)\"" : "not \(text.shown)"
      }
    throw ConfigurationFlaw("expects \(field.expectation), \(instead)")
  }

  /// How YAML writes that there is nothing.
  private static let nothing: Set = ["", "~", "null", "Null", "NULL"]
}

extension PluginSection.Value {
  fileprivate var isReference: Bool {
    switch self {
    case .environment, .file: true
    case .text, .other: false
    }
  }
}

extension [PluginSection.Entry] {
  /// Those of one line stay as they are.
  fileprivate var inOrderOfLines: [Element] {
    enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
      .map(\.element)
  }
}
