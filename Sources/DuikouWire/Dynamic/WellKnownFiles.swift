import SwiftProtobuf

/// Descriptors of the well-known types that have a JSON form of their own, by the definitions that come
/// with protobuf, and of what errors carry, by those of googleapis: servers need not hold them.
enum WellKnownFiles {
  private typealias Kind = MessageField.Kind

  static let all: [Google_Protobuf_FileDescriptorProto] = [
    file("any", [message("Any", [("type_url", .string), ("value", .bytes)])]),
    file("duration", [message("Duration", [("seconds", .int64), ("nanos", .int32)])]),
    file("empty", [message("Empty", [])]),
    file("field_mask", [repeating(message("FieldMask", [("paths", .string)]))]),
    structs,
    file("timestamp", [message("Timestamp", [("seconds", .int64), ("nanos", .int32)])]),
    file("wrappers", wrappers.map { message($0, [("value", $1)]) }),
    status, errorDetails,
  ]

  private static let wrappers: [(String, Kind)] = [
    ("DoubleValue", .double), ("FloatValue", .float), ("Int64Value", .int64),
    ("UInt64Value", .uint64), ("Int32Value", .int32), ("UInt32Value", .uint32),
    ("BoolValue", .bool), ("StringValue", .string), ("BytesValue", .bytes),
  ]

  private static func file(
    _ name: String, _ messages: [Google_Protobuf_DescriptorProto]
  ) -> Google_Protobuf_FileDescriptorProto {
    var file = Google_Protobuf_FileDescriptorProto()
    file.name = "google/protobuf/\(name).proto"
    file.package = "google.protobuf"
    file.syntax = "proto3"
    file.messageType = messages
    return file
  }

  /// A message whose fields are numbered in their order.
  private static func message(
    _ name: String, _ fields: [(name: String, kind: Kind)]
  ) -> Google_Protobuf_DescriptorProto {
    var message = Google_Protobuf_DescriptorProto()
    message.name = name
    message.field = fields.enumerated().map { index, field in
      var descriptor = Google_Protobuf_FieldDescriptorProto()
      descriptor.name = field.name
      descriptor.number = Int32(index + 1)
      descriptor.label = .optional
      descriptor.type = field.kind
      return descriptor
    }
    return message
  }

  private static func repeating(
    _ message: Google_Protobuf_DescriptorProto
  ) -> Google_Protobuf_DescriptorProto {
    var message = message
    message.field[0].label = .repeated
    return message
  }

  private static var structs: Google_Protobuf_FileDescriptorProto {
    var entry = message("FieldsEntry", [("key", .string), ("value", .message)])
    entry.options.mapEntry = true
    entry.field[1].typeName = ".google.protobuf.Value"
    var structure = repeating(message("Struct", [("fields", .message)]))
    structure.field[0].typeName = ".google.protobuf.Struct.FieldsEntry"
    structure.nestedType = [entry]
    var value = message(
      "Value",
      [
        ("null_value", .enum), ("number_value", .double), ("string_value", .string),
        ("bool_value", .bool), ("struct_value", .message), ("list_value", .message),
      ])
    var kind = Google_Protobuf_OneofDescriptorProto()
    kind.name = "kind"
    value.oneofDecl = [kind]
    for index in value.field.indices { value.field[index].oneofIndex = 0 }
    value.field[0].typeName = ".google.protobuf.NullValue"
    value.field[4].typeName = ".google.protobuf.Struct"
    value.field[5].typeName = ".google.protobuf.ListValue"
    var list = repeating(message("ListValue", [("values", .message)]))
    list.field[0].typeName = ".google.protobuf.Value"
    var null = Google_Protobuf_EnumDescriptorProto()
    null.name = "NullValue"
    var zero = Google_Protobuf_EnumValueDescriptorProto()
    zero.name = "NULL_VALUE"
    zero.number = 0
    null.value = [zero]
    var file = file("struct", [structure, value, list])
    file.enumType = [null]
    return file
  }

  /// `google.rpc.Status`.
  private static var status: Google_Protobuf_FileDescriptorProto {
    var status = message("Status", [("code", .int32), ("message", .string), ("details", .message)])
    status.field[2].label = .repeated
    status.field[2].typeName = ".google.protobuf.Any"
    return rpcFile("status", [status])
  }

  /// What the details of a `google.rpc.Status` mostly are.
  private static var errorDetails: Google_Protobuf_FileDescriptorProto {
    var entry = message("MetadataEntry", [("key", .string), ("value", .string)])
    entry.options.mapEntry = true
    var info = message(
      "ErrorInfo", [("reason", .string), ("domain", .string), ("metadata", .message)])
    info.nestedType = [entry]
    info.field[2].label = .repeated
    info.field[2].typeName = ".google.rpc.ErrorInfo.MetadataEntry"
    var retry = message("RetryInfo", [("retry_delay", .message)])
    retry.field[0].typeName = ".google.protobuf.Duration"
    let debug = message("DebugInfo", [("stack_entries", .string), ("detail", .string)])
    return rpcFile(
      "error_details",
      [
        info, retry, repeating(debug),
        violations("QuotaFailure", "violations", "Violation", ["subject", "description"]),
        violations(
          "PreconditionFailure", "violations", "Violation", ["type", "subject", "description"]),
        violations("BadRequest", "field_violations", "FieldViolation", ["field", "description"]),
        message("RequestInfo", [("request_id", .string), ("serving_data", .string)]),
        message(
          "ResourceInfo",
          [
            ("resource_type", .string), ("resource_name", .string), ("owner", .string),
            ("description", .string),
          ]),
        violations("Help", "links", "Link", ["description", "url"]),
        message("LocalizedMessage", [("locale", .string), ("message", .string)]),
      ])
  }

  /// A message that is a list of others, all of strings.
  private static func violations(
    _ name: String, _ field: String, _ nested: String, _ strings: [String]
  ) -> Google_Protobuf_DescriptorProto {
    var list = repeating(message(name, [(field, .message)]))
    list.field[0].typeName = ".google.rpc.\(name).\(nested)"
    list.nestedType = [message(nested, strings.map { ($0, .string) })]
    return list
  }

  private static func rpcFile(
    _ name: String, _ messages: [Google_Protobuf_DescriptorProto]
  ) -> Google_Protobuf_FileDescriptorProto {
    var file = file(name, messages)
    file.name = "google/rpc/\(name).proto"
    file.package = "google.rpc"
    return file
  }
}
