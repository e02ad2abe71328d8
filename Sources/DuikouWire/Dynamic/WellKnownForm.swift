/// The form that a well-known type has in JSON instead of an object of its fields.
///
/// What it says is turned into such an object before it is encoded, and out of one after it was decoded.
/// `Any` is not among them: its form needs the type that it holds.
enum WellKnownForm {
  case timestamp
  case duration
  case fieldMask
  case structure
  case list
  case value
  /// A message of one field, which has this value where it is not written.
  case wrapper(JSONValue)

  /// Nil for all other types.
  init?(_ type: String) {
    guard let form = Self.forms[type] else { return nil }
    self = form
  }

  private static let forms: [String: WellKnownForm] = [
    "google.protobuf.Timestamp": .timestamp,
    "google.protobuf.Duration": .duration,
    "google.protobuf.FieldMask": .fieldMask,
    "google.protobuf.Struct": .structure,
    "google.protobuf.ListValue": .list,
    "google.protobuf.Value": .value,
    "google.protobuf.DoubleValue": .wrapper(.number("0.0")),
    "google.protobuf.FloatValue": .wrapper(.number("0.0")),
    "google.protobuf.Int64Value": .wrapper("0"),
    "google.protobuf.UInt64Value": .wrapper("0"),
    "google.protobuf.Int32Value": .wrapper(.number("0")),
    "google.protobuf.UInt32Value": .wrapper(.number("0")),
    "google.protobuf.BoolValue": .wrapper(.bool(false)),
    "google.protobuf.StringValue": .wrapper(""),
    "google.protobuf.BytesValue": .wrapper(""),
  ]

  /// The object of the fields.
  func fields(of json: JSONValue) throws(MessageField.Expectation) -> JSONValue {
    switch self {
    case .timestamp:
      guard let time = json.text.flatMap({ TimeText(time: $0) }) else {
        throw .init(text: "a time such as \"2018-07-04T08:00:00Z\"")
      }
      return time.fields
    case .duration:
      guard let duration = json.text.flatMap({ TimeText(duration: $0) }) else {
        throw .init(text: "a duration such as \"1.5s\"")
      }
      return duration.fields
    case .fieldMask:
      guard let text = json.text, !text.contains("_") else {
        throw .init(text: "names of fields such as \"documentId,pageSize\"")
      }
      return ["paths": .array(text.split(separator: ",").map { .string(Self.snake($0)) })]
    case .structure: return ["fields": json]
    case .list: return ["values": json]
    case .wrapper: return ["value": json]
    case .value:
      let name =
        switch json {
        case .null: "nullValue"
        case .bool: "boolValue"
        case .number: "numberValue"
        case .string: "stringValue"
        case .array: "listValue"
        case .object: "structValue"
        }
      return .object([.init(name, json)])
    }
  }

  /// The form; nil where the fields hold what it cannot express.
  func form(of fields: JSONValue) -> JSONValue? {
    switch self {
    case .timestamp: return TimeText(fields: fields)?.time.map { .string($0) }
    case .duration: return TimeText(fields: fields)?.duration.map { .string($0) }
    case .fieldMask:
      guard case .array(let paths)? = fields["paths"] else { return "" }
      return .string(paths.compactMap(\.text).map(Self.camel).joined(separator: ","))
    case .structure: return fields["fields"] ?? .object([])
    case .list: return fields["values"] ?? .array([])
    case .wrapper(let zero): return fields["value"] ?? zero
    case .value:
      guard case .object(let members) = fields else { return nil }
      return members.first?.value ?? .null
    }
  }

  private static func snake(_ path: some StringProtocol) -> String {
    path.map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined()
  }

  private static func camel(_ path: String) -> String {
    let words = path.split(separator: "_", omittingEmptySubsequences: false)
    return words.prefix(1).joined()
      + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
