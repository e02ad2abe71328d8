import SwiftProtobuf

extension Google_Protobuf_FileDescriptorProto {
  /// Whether all that it describes is called as protobuf allows.
  var hasValidNames: Bool {
    (package.isEmpty || ProtoIdentifier.isFullName(package))
      && messageType.allSatisfy(\.hasValidNames) && enumType.allSatisfy(\.hasValidNames)
      && service.allSatisfy { service in
        ProtoIdentifier.isValid(service.name)
          && service.method.allSatisfy { ProtoIdentifier.isValid($0.name) }
      }
  }
}

extension Google_Protobuf_DescriptorProto {
  fileprivate var hasValidNames: Bool {
    ProtoIdentifier.isValid(name) && field.allSatisfy { ProtoIdentifier.isValid($0.name) }
      && oneofDecl.allSatisfy { ProtoIdentifier.isValid($0.name) }
      && nestedType.allSatisfy(\.hasValidNames) && enumType.allSatisfy(\.hasValidNames)
  }
}

extension Google_Protobuf_EnumDescriptorProto {
  fileprivate var hasValidNames: Bool {
    ProtoIdentifier.isValid(name) && value.allSatisfy { ProtoIdentifier.isValid($0.name) }
  }
}
