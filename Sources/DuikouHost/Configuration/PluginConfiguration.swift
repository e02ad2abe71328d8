import Crypto
import DuikouModel
import Foundation

/// A plugin's configuration, checked, as its `create` is handed it.
///
/// Printing one, in whatever way, shows which fields are set and never their values.
public struct PluginConfiguration: Sendable {
  /// Holds one row of the plugin's configuration type. What is not set is absent in it.
  public let image: Image
  /// SHA-256, in hex, over the type and the values, those of variables and files included: any change of
  /// what the plugin gets gives another, and the order of the keys does not. Who knows all values but a
  /// short one can find that by trying: it is to be compared, not to be shown.
  public let digest: String
  /// Whether a value came from a variable or a file.
  public let hasSecrets: Bool
  /// The names of the fields that are set, in the order of the type.
  public let keys: [String]

  /// Puts the image together. `values` has what is set, by the number of the field.
  init(
    _ type: TypeDescriptor, _ values: [UInt32: ConfigurationValue], hasSecrets: Bool
  ) throws(DuikouError) {
    var schema = Schema()
    try schema.add(type)
    var builder = ImageBuilder(schema: schema)
    var row = [UInt8](repeating: 0, count: type.size)
    var has: UInt64 = 0
    for field in type.fields {
      guard let value = values[field.number] else { continue }
      switch value {
      case .number(let bits):
        has |= 1 << UInt64(field.number)
        withUnsafeBytes(of: bits.littleEndian) {
          row.replaceSubrange(field.bytes, with: $0.prefix(field.kind.size))
        }
      case .bytes(let bytes):
        let string = builder.intern(bytes: bytes)
        withUnsafeBytes(of: string) { row.replaceSubrange(field.bytes, with: $0) }
      }
    }
    withUnsafeBytes(of: has) { row.replaceSubrange(0..<8, with: $0) }
    builder.append(row: row, of: type)
    image = try builder.build()
    digest = Self.digest(type, image)
    keys = type.fields.filter { values[$0.number] != nil }.map(\.name)
    self.hasSecrets = hasSecrets
  }

  private static func digest(_ type: TypeDescriptor, _ image: Image) -> String {
    var hash = SHA256()
    func add(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: Int64(truncatingIfNeeded: number).littleEndian) {
        hash.update(bufferPointer: $0)
      }
    }
    func add(_ text: String) {
      add(text.utf8.count)
      hash.update(data: Data(text.utf8))
    }
    add(type.name)
    add(type.id)
    add(type.size)
    add(type.fields.count)
    for field in type.fields {
      add(field.name)
      add(field.unit)
      for number in [field.number, field.kind.rawValue, field.isKey ? 1 : 0] { add(number) }
      add(field.offset)
      add(field.values.count)
      for value in field.values {
        add(value.name)
        add(value.value)
      }
    }
    image.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return hash.finalize().hexadecimal
  }
}

extension FieldDescriptor {
  fileprivate var bytes: Range<Int> { offset..<offset + kind.size }
}

extension PluginConfiguration: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  public var description: String {
    guard !keys.isEmpty else { return "a configuration with nothing set" }
    let secrets = hasSecrets ? ", secrets among them" : ""
    return "a configuration that sets \(keys.joined(separator: ", "))\(secrets)"
  }

  public var debugDescription: String { description }

  public var customMirror: Mirror {
    Mirror(self, children: ["keys": keys, "hasSecrets": hasSecrets])
  }
}
