import SwiftProtobuf

/// A message as its descriptor has it.
struct MessageType: Sendable {
  let name: String
  /// By their numbers, ascending.
  let fields: [MessageField]
  /// Whether it is the entry of a map.
  let isMapEntry: Bool
  private let byName: [String: Int]
  private let byNumber: [UInt32: Int]

  init(
    _ message: Google_Protobuf_DescriptorProto, name: String,
    in file: Google_Protobuf_FileDescriptorProto
  ) {
    self.name = name
    fields = message.field.compactMap { MessageField($0, of: message, in: file) }.sorted {
      $0.number < $1.number
    }
    isMapEntry =
      message.options.mapEntry && fields.map(\.number) == [1, 2]
      && !fields.contains { $0.isRepeated }
    // A field's name in JSON has precedence over another's own.
    byName = Dictionary(
      fields.enumerated().map { ($1.jsonName, $0) } + fields.enumerated().map { ($1.name, $0) }
    ) { first, _ in first }
    byNumber = Dictionary(fields.enumerated().map { ($1.number, $0) }) { first, _ in first }
  }

  /// A field by its name in JSON or by its own.
  func field(named name: String) -> MessageField? { byName[name].map { fields[$0] } }

  func field(_ number: UInt32) -> MessageField? { byNumber[number].map { fields[$0] } }
}
