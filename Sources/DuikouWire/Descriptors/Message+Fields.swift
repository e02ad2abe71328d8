import DuikouModel
import SwiftProtobuf

extension Google_Protobuf_DescriptorProto {
  /// Adds a field of a row type to its message, whose full name is `messageName`.
  mutating func addRowField(_ field: FieldDescriptor, of messageName: String) {
    var descriptor = Self.field(field.name, number: field.number)
    switch field.kind {
    case .i32: descriptor.type = .int32
    case .i64: descriptor.type = .int64
    case .u32: descriptor.type = .uint32
    case .u64: descriptor.type = .uint64
    case .f64: descriptor.type = .double
    case .string: descriptor.type = .string
    case .bytes: descriptor.type = .bytes
    case .span: descriptor.setMessage(".\(ProtoName.domainPackage).Span")
    case .ref: descriptor.setMessage(".\(ProtoName.domainPackage).Ref")
    }
    if let values = Self.enumeration(of: field) {
      enumType.append(values)
      descriptor.type = .enum
      descriptor.typeName = ".\(messageName).\(values.name)"
    }
    if field.hasPresenceBit || field.kind == .string || field.kind == .bytes {
      descriptor.proto3Optional = true
      descriptor.oneofIndex = Int32(oneofDecl.count)
      var oneof = Google_Protobuf_OneofDescriptorProto()
      oneof.name = "_\(field.name)"
      oneofDecl.append(oneof)
    }
    self.field.append(descriptor)
  }

  /// Adds a field of what every row starts with.
  mutating func addHeaderField(_ field: RowHeaderField) {
    var descriptor = Self.field(field.name, number: field.rawValue)
    if field == .evidence {
      descriptor.setMessage(".\(ProtoName.domainPackage).Span")
    } else {
      descriptor.type = .uint32
    }
    self.field.append(descriptor)
  }

  mutating func addPlainField(
    _ name: String, number: UInt32, _ type: Google_Protobuf_FieldDescriptorProto.TypeEnum
  ) {
    var descriptor = Self.field(name, number: number)
    descriptor.type = type
    field.append(descriptor)
  }

  mutating func addText() { addPlainField("text", number: ProtoName.textNumber, .string) }

  mutating func addTable(_ type: TypeDescriptor, name: String, number: UInt32) {
    var descriptor = Self.field(name, number: number)
    descriptor.label = .repeated
    descriptor.setMessage(ProtoName.reference(to: type))
    field.append(descriptor)
  }

  private static func field(
    _ name: String, number: UInt32
  ) -> Google_Protobuf_FieldDescriptorProto {
    var field = Google_Protobuf_FieldDescriptorProto()
    field.name = name
    field.number = Int32(bitPattern: number)
    field.label = .optional
    field.jsonName = ProtoName.lowerCamel(name)
    return field
  }

  /// The named values of a field as an enum; nil where protobuf's enums cannot hold them.
  private static func enumeration(
    of field: FieldDescriptor
  ) -> Google_Protobuf_EnumDescriptorProto? {
    guard !field.values.isEmpty, field.kind == .i32 || field.kind == .u32,
      field.values.allSatisfy({ Int32(exactly: $0.value) != nil })
    else { return nil }
    var enumeration = Google_Protobuf_EnumDescriptorProto()
    enumeration.name = ProtoName.upperCamel(field.name)
    func add(_ name: String, _ number: Int64) {
      var value = Google_Protobuf_EnumValueDescriptorProto()
      value.name = "\(field.name)_\(name)".uppercased()
      value.number = Int32(truncatingIfNeeded: number)
      enumeration.value.append(value)
    }
    // The first value of an enum is its zero.
    let zero = field.values.first { $0.value == 0 }
    add(zero?.name ?? "unspecified", 0)
    for value in field.values where value.value != 0 { add(value.name, value.value) }
    if Set(field.values.map(\.value)).count < field.values.count {
      enumeration.options.allowAlias = true
    }
    return enumeration
  }
}

extension Google_Protobuf_FieldDescriptorProto {
  fileprivate mutating func setMessage(_ name: String) {
    type = .message
    typeName = name
  }
}

extension FieldDescriptor {
  /// The documentation with the unit.
  var comment: String {
    guard !unit.isEmpty else { return documentation }
    return documentation.isEmpty ? "Unit: \(unit)." : "\(documentation) Unit: \(unit)."
  }
}
