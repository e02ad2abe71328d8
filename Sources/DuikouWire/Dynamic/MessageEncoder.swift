import DuikouModel

/// Writes JSON as a message.
struct MessageEncoder: ~Copyable {
  /// How deep messages may lie in one another.
  static let depthLimit = 100

  private let pool: DescriptorPool
  private var writer = WireWriter(capacity: 1024)
  /// Where in the JSON the encoder is.
  private var path: [String]
  private var depth: Int

  /// Throws `invalidArgument`, with where in the JSON what else was expected.
  static func encode(
    _ json: JSONValue, as type: MessageType, in pool: DescriptorPool, path: [String] = ["$"],
    depth: Int = 0
  ) throws(DuikouError) -> [UInt8] {
    var encoder = MessageEncoder(pool: pool, path: path, depth: depth)
    try encoder.message(json, as: type)
    return encoder.writer.withBytes { Array($0) }
  }

  private init(pool: DescriptorPool, path: [String], depth: Int) {
    self.pool = pool
    self.path = path
    self.depth = depth
  }

  private mutating func message(
    _ json: JSONValue, as type: MessageType
  ) throws(DuikouError) {
    guard depth < Self.depthLimit else {
      throw flaw("more than \(Self.depthLimit) messages in one another")
    }
    depth += 1
    defer { depth -= 1 }
    if type.name == "google.protobuf.Any" {
      try fields(try fields(ofAny: json), of: type, areShown: false)
    } else if let form = WellKnownForm(type.name) {
      // Only a member may be null in place of nothing; an element, or a map's value, is something.
      guard json != .null || type.name == "google.protobuf.Value" else {
        throw expected("a value, \(type.name)", json)
      }
      let object: JSONValue
      do throws(MessageField.Expectation) {
        object = try form.fields(of: json)
      } catch {
        throw expected(error.text, json)
      }
      try fields(object, of: type, areShown: false)
    } else {
      try fields(json, of: type, areShown: true)
    }
  }

  /// Writes an object's members; `areShown` says whether the JSON has their names.
  private mutating func fields(
    _ json: JSONValue, of type: MessageType, areShown: Bool
  ) throws(DuikouError) {
    guard case .object(let members) = json else { throw expected("an object, \(type.name)", json) }
    var seen: Set<UInt32> = []
    var chosen: [Int32: String] = [:]
    for member in members {
      if areShown { path.append(".\(member.key)") }
      defer { if areShown { path.removeLast() } }
      guard let field = type.field(named: member.key) else {
        throw unknown(member.key, in: type)
      }
      guard seen.insert(field.number).inserted else { throw flaw("it stands twice") }
      if member.value == .null, field.isRepeated || !field.hasNull { continue }
      if let oneof = field.oneof, let other = chosen.updateValue(member.key, forKey: oneof) {
        throw flaw("\(other) is there too, and only one of the two can be")
      }
      try value(member.value, of: field)
    }
  }

  private mutating func value(
    _ json: JSONValue, of field: MessageField
  ) throws(DuikouError) {
    guard field.isRepeated else { return try single(json, of: field) }
    if let entry = pool.entry(of: field) { return try map(json, of: field, entry) }
    guard case .array(let elements) = json else { throw expected("an array", json) }
    guard !elements.isEmpty else { return }
    var start: Int?
    if field.isPacked {
      writer.tag(field.number, .lengthDelimited)
      writer.reserve(1)
      start = writer.beginMessage()
    }
    for (index, element) in elements.enumerated() {
      path.append("[\(index)]")
      defer { path.removeLast() }
      if start == nil {
        try single(element, of: field)
      } else {
        writer.scalar(try scalar(element, of: field))
      }
    }
    if let start { writer.endMessage(start) }
  }

  private mutating func map(
    _ json: JSONValue, of field: MessageField, _ entry: MessageType
  ) throws(DuikouError) {
    guard case .object(let members) = json else { throw expected("an object, a map", json) }
    guard let keyField = entry.field(1), let valueField = entry.field(2) else { return }
    var seen: Set<WireScalar> = []
    for member in members {
      path.append("[\(JSONValue.string(member.key).compactText)]")
      defer { path.removeLast() }
      let key = try scalar(key(member.key, of: keyField), of: keyField)
      guard seen.insert(key).inserted else { throw flaw("it stands twice") }
      writer.tag(field.number, .lengthDelimited)
      writer.reserve(1)
      let start = writer.beginMessage()
      writer.tag(1, keyField.wireType)
      writer.scalar(key)
      try single(member.value, of: valueField, writesZero: true)
      writer.endMessage(start)
    }
  }

  /// A map's key as the value that its quotes hold.
  private func key(_ text: String, of field: MessageField) -> JSONValue {
    guard field.kind == .bool else { return .string(text) }
    return text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
  }

  private mutating func single(
    _ json: JSONValue, of field: MessageField, writesZero: Bool = false
  ) throws(DuikouError) {
    guard field.isMessage else {
      let scalar = try scalar(json, of: field)
      if scalar.isZero, !field.hasPresence, !field.isRepeated, !writesZero { return }
      writer.tag(field.number, field.wireType)
      writer.scalar(scalar)
      return
    }
    guard let type = pool.message(field.typeName) else {
      throw flaw("the server does not describe \(field.typeName); leave this out")
    }
    writer.tag(field.number, field.wireType)
    if field.kind == .group {
      try message(json, as: type)
      writer.tag(field.number, .endGroup)
    } else {
      writer.reserve(1)
      let start = writer.beginMessage()
      try message(json, as: type)
      writer.endMessage(start)
    }
  }

  private func scalar(
    _ json: JSONValue, of field: MessageField
  ) throws(DuikouError) -> WireScalar {
    do throws(MessageField.Expectation) {
      return try field.scalar(from: json, in: pool)
    } catch {
      throw expected(error.text, json)
    }
  }

  /// The fields of an `Any`, out of an object of what it holds.
  private func fields(ofAny json: JSONValue) throws(DuikouError) -> JSONValue {
    guard case .object(var members) = json else { throw expected("an object with @type", json) }
    guard !members.isEmpty else { return json }
    guard let index = members.firstIndex(where: { $0.key == "@type" }),
      let url = members.remove(at: index).value.text
    else { throw expected("an object with @type, such as type.googleapis.com/NAME", json) }
    guard let type = pool.message(MessageCodec.typeName(url)) else {
      throw flaw("the server does not describe \(url)")
    }
    let hasForm = type.name == "google.protobuf.Any" || WellKnownForm(type.name) != nil
    let content: JSONValue
    if hasForm {
      guard members.count == 1, members[0].key == "value" else {
        throw expected("only @type and value", json)
      }
      content = members[0].value
    } else if type.name == "google.protobuf.Empty", members == [.init("value", .object([]))] {
      content = .object([])
    } else {
      content = .object(members)
    }
    let bytes = try Self.encode(
      content, as: type, in: pool, path: path + (hasForm ? [".value"] : []), depth: depth)
    return ["typeUrl": .string(url), "value": .string(MessageCodec.base64(bytes))]
  }

  private func unknown(_ name: String, in type: MessageType) -> DuikouError {
    let names = type.fields.map(\.jsonName)
    let near = NearestNames.to(name, in: names)
    let hint =
      names.isEmpty
      ? "it has none"
      : near.isEmpty
        ? "it has \(names.prefix(8).joined(separator: ", "))\(names.count > 8 ? " …" : "")"
        : "near: \(near.joined(separator: ", "))"
    return flaw("\(type.name) has no such field; \(hint)")
  }

  private func expected(_ what: String, _ json: JSONValue) -> DuikouError {
    let found = json.compactText
    let shown = found.count > 40 ? "\(found.prefix(40))…" : found
    return flaw("expected \(what), found \(shown)")
  }

  private func flaw(_ reason: String) -> DuikouError {
    DuikouError(.invalidArgument, "\(path.joined()): \(reason)")
  }
}
