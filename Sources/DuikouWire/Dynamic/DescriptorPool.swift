import SwiftProtobuf

/// Descriptors by the names of what they describe.
///
/// The well-known types that JSON has a form of its own for are there from the start; files may import
/// others that nobody adds, and only what uses those cannot be coded. All names are protobuf's identifiers.
public struct DescriptorPool: Sendable {
  private var files: [String: Google_Protobuf_FileDescriptorProto] = [:]
  /// Names of files by the full names of what they hold.
  private var symbols: [String: String] = [:]
  private var messages: [String: MessageType] = [:]
  private var enums: [String: EnumType] = [:]
  private var services: [String: ServiceType] = [:]
  private var missing: Set<String> = []

  public init() {
    for file in WellKnownFiles.all { add(file) }
  }

  /// Adds a file; one of the same name makes room for it.
  ///
  /// Of one in which something has a name that protobuf does not allow only its own name is kept.
  public mutating func add(_ file: Google_Protobuf_FileDescriptorProto) {
    missing.remove(file.name)
    guard file.hasValidNames else {
      files[file.name] = Google_Protobuf_FileDescriptorProto.with { $0.name = file.name }
      return
    }
    files[file.name] = file
    missing.formUnion(file.dependency.filter { files[$0] == nil })
    let prefix = file.package.isEmpty ? "" : file.package + "."
    for message in file.messageType { add(message, prefix, file) }
    for enumeration in file.enumType { add(enumeration, prefix, file) }
    for (index, service) in file.service.enumerated() {
      let type = ServiceType(index: index, in: file)
      services[type.name] = type
      symbols[prefix + service.name] = file.name
    }
  }

  private mutating func add(
    _ message: Google_Protobuf_DescriptorProto, _ prefix: String,
    _ file: Google_Protobuf_FileDescriptorProto
  ) {
    let name = prefix + message.name
    messages[name] = MessageType(message, name: name, in: file)
    symbols[name] = file.name
    for enumeration in message.enumType { add(enumeration, name + ".", file) }
    for nested in message.nestedType { add(nested, name + ".", file) }
  }

  private mutating func add(
    _ enumeration: Google_Protobuf_EnumDescriptorProto, _ prefix: String,
    _ file: Google_Protobuf_FileDescriptorProto
  ) {
    let name = prefix + enumeration.name
    enums[name] = EnumType(enumeration, name: name)
    symbols[name] = file.name
  }

  /// What the files import and nobody has added.
  public var missingImports: [String] { missing.sorted() }

  /// The file of a service, message or enum, by its full name.
  public func file(containing symbol: String) -> Google_Protobuf_FileDescriptorProto? {
    symbols[symbol].flatMap { files[$0] }
  }

  public func service(_ name: String) -> ServiceType? { services[name] }

  /// Full names of messages, those of maps' entries aside.
  public var messageNames: [String] {
    messages.values.filter { !$0.isMapEntry }.map(\.name).sorted()
  }

  func message(_ name: String) -> MessageType? { messages[name] }
  func enumeration(_ name: String) -> EnumType? { enums[name] }

  /// The entry of a map; nil for a field that is no map.
  func entry(of field: MessageField) -> MessageType? {
    guard field.isRepeated, field.kind == .message, let type = messages[field.typeName],
      type.isMapEntry
    else { return nil }
    return type
  }
}
