import DuikouModel

/// What may stand in a plugin's section of the configuration: a field of the plugin's configuration type
/// is a key of the section.
public struct ConfigurationSchema: Sendable {
  /// The plugin's id.
  public let plugin: String
  public let type: TypeDescriptor

  /// Returns the first bytes of a file, at most `most`. Throws the end of a sentence that begins with the
  /// file's name, such as "is not there".
  public typealias FileReading =
    (_ path: String, _ most: Int) throws(DuikouError) -> [UInt8]

  /// Bytes of the largest image of a configuration.
  static let largestImage = 1 << 20

  /// Checks that a type can serve as the configuration of a plugin.
  ///
  /// Throws `invalidArgument`, with a sentence for the plugin's author, where a field points into a text
  /// or at a row, which a configuration has not, or where its named values cannot be told apart or do not
  /// fit.
  public init(_ type: TypeDescriptor, of plugin: String) throws(DuikouError) {
    self.plugin = plugin
    self.type = type
    for field in type.fields {
      if let flaw = Self.flaw(in: field) {
        throw DuikouError(
          .invalidArgument,
          "\(plugin): row type \(type.name) cannot be its configuration: field \(field.name) \(flaw)"
        )
      }
    }
  }

  private static func flaw(in field: FieldDescriptor) -> String? {
    switch field.kind {
    case .span: return "is a span of a text, and a configuration has none; make it a string"
    case .ref: return "refers to another row, and a configuration has one; make it a key of its own"
    case .f64, .string, .bytes:
      return field.values.isEmpty ? nil : "has named values, which only whole numbers have"
    case .i32, .i64, .u32, .u64: break
    }
    var names = Set<String>()
    for value in field.values {
      guard !value.name.isEmpty else { return "has a value without a name" }
      guard names.insert(value.name).inserted else { return "has two values \(value.name)" }
      guard fits(value.value, field.kind) else {
        return "has the value \(value.name), \(value.value), which is none of its kind"
      }
    }
    return nil
  }

  private static func fits(_ value: Int64, _ kind: FieldDescriptor.Kind) -> Bool {
    switch kind {
    case .i32: Int32(exactly: value) != nil
    case .u32: UInt32(exactly: value) != nil
    // A value above the largest Int64 is written as a negative one.
    default: true
    }
  }
}
