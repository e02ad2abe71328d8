import SwiftProtobuf

/// A field as its descriptor has it.
struct MessageField: Sendable {
  typealias Kind = Google_Protobuf_FieldDescriptorProto.TypeEnum

  let name: String
  let jsonName: String
  let number: UInt32
  /// A group too where an edition's message is written as one.
  let kind: Kind
  /// The full name of a message or enum.
  let typeName: String
  let isRepeated: Bool
  /// Whether many numbers are written as one value.
  let isPacked: Bool
  /// Whether its zero is a value, and not the same as nothing.
  let hasPresence: Bool
  /// Its oneof in the message, that of a proto3 optional aside.
  let oneof: Int32?

  /// Nil for a number that protobuf does not have.
  init?(
    _ field: Google_Protobuf_FieldDescriptorProto, of message: Google_Protobuf_DescriptorProto,
    in file: Google_Protobuf_FileDescriptorProto
  ) {
    guard (1...0x1fff_ffff).contains(field.number) else { return nil }
    name = field.name
    jsonName = field.jsonName.isEmpty ? Self.jsonName(of: field.name) : field.jsonName
    number = UInt32(field.number)
    kind = Self.isDelimited(field, message, file) ? .group : field.type
    typeName = field.typeName.hasPrefix(".") ? String(field.typeName.dropFirst()) : field.typeName
    isRepeated = field.label == .repeated
    let isMessage = kind == .message || kind == .group
    let isNumber = !isMessage && kind != .string && kind != .bytes
    let packs =
      field.options.hasPacked
      ? field.options.packed : file.syntax != "proto2" && !file.syntax.isEmpty
    isPacked = isRepeated && isNumber && packs
    hasPresence =
      !isRepeated
      && (isMessage || field.hasOneofIndex || field.proto3Optional || Self.isExplicit(field, file))
    oneof = field.hasOneofIndex && !field.proto3Optional ? field.oneofIndex : nil
  }

  private static func isExplicit(
    _ field: Google_Protobuf_FieldDescriptorProto, _ file: Google_Protobuf_FileDescriptorProto
  ) -> Bool {
    guard file.syntax == "editions" else { return file.syntax != "proto3" }
    let stated = [field.options.features.fieldPresence, file.options.features.fieldPresence]
    return stated.first { $0 != .unknown } != .implicit
  }

  /// Maps have their entries, and entries their values, with a length always.
  private static func isDelimited(
    _ field: Google_Protobuf_FieldDescriptorProto, _ message: Google_Protobuf_DescriptorProto,
    _ file: Google_Protobuf_FileDescriptorProto
  ) -> Bool {
    guard file.syntax == "editions", field.type == .message, !message.options.mapEntry,
      message.entry(of: field) == nil
    else { return false }
    let stated = [field.options.features.messageEncoding, file.options.features.messageEncoding]
    return stated.first { $0 != .unknown } == .delimited
  }

  /// `visitor_flow` is `visitorFlow`, as protoc has it.
  private static func jsonName(of name: String) -> String {
    var result = ""
    var raises = false
    for character in name {
      if character == "_" {
        raises = true
      } else {
        result += raises ? character.uppercased() : String(character)
        raises = false
      }
    }
    return result
  }
}
