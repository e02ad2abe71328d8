import SwiftProtobuf

/// An enum as its descriptor has it.
struct EnumType: Sendable {
  let name: String
  /// In the order of the descriptor.
  let names: [String]
  private let numbers: [String: Int32]
  private let byNumber: [Int32: String]

  init(_ enumeration: Google_Protobuf_EnumDescriptorProto, name: String) {
    self.name = name
    names = enumeration.value.map(\.name)
    numbers = Dictionary(enumeration.value.map { ($0.name, $0.number) }) { first, _ in first }
    byNumber = Dictionary(enumeration.value.map { ($0.number, $0.name) }) { first, _ in first }
  }

  func number(of name: String) -> Int32? { numbers[name] }
  func name(of number: Int32) -> String? { byNumber[number] }
}
