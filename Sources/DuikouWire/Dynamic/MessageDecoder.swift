/// Shows a message as JSON. Of the bytes nothing is taken for granted.
struct MessageDecoder {
  private let pool: DescriptorPool
  /// Types that an `Any` names and that the pool does not hold.
  private(set) var missing: Set<String> = []
  /// How much is still taken: one for each value, and one for each 64 bytes of it.
  private var budget: Int

  init(_ pool: DescriptorPool, budget: Int) {
    self.pool = pool
    self.budget = budget
  }

  /// What was read of one field.
  private struct Slot {
    /// The values of a field that is no message, or of all its messages that are shown already.
    var values: [JSONValue] = []
    /// Whether the only value is one that a field without presence leaves out.
    var isZero = false
    /// The parts of a message, which may be several: they are one message.
    var pieces: [WireReader] = []
    /// The entries of a map, and where each key stands.
    var members: [JSONValue.Member] = []
    var keys: [String: Int] = [:]
  }

  mutating func decode(
    _ bytes: UnsafeRawBufferPointer, as type: MessageType, depth: Int = 0
  ) throws(WireReader.Flaw) -> JSONValue {
    try message([WireReader(bytes)], as: type, depth: depth)
  }

  /// Counts a value that is about to be kept, with the bytes that it has besides.
  private mutating func take(_ bytes: Int = 0, at offset: Int) throws(WireReader.Flaw) {
    budget -= 1 + bytes / 64
    guard budget >= 0 else {
      throw WireReader.Flaw(
        reason: "it holds too many values, or too much text", offset: offset, isTooLarge: true)
    }
  }

  /// A message that is written in several pieces, of which later ones add to those before.
  private mutating func message(
    _ pieces: [WireReader], as type: MessageType, depth: Int
  ) throws(WireReader.Flaw) -> JSONValue {
    guard depth < MessageEncoder.depthLimit else {
      throw WireReader.Flaw(
        reason: "more than 100 messages lie in one another", offset: pieces.first?.at ?? 0)
    }
    var slots: [UInt32: Slot] = [:]
    var chosen: [Int32: UInt32] = [:]
    for piece in pieces {
      var reader = piece
      while !reader.isAtEnd {
        let tag = try reader.tag()
        guard let field = type.field(tag.number), field.accepts(tag.type) else {
          try reader.skip(tag)
          continue
        }
        if let oneof = field.oneof,
          let other = chosen.updateValue(field.number, forKey: oneof), other != field.number
        {
          slots[other] = nil
        }
        try read(field, tag, from: &reader, into: &slots[field.number, default: Slot()], depth)
      }
    }
    var members: [JSONValue.Member] = []
    for field in type.fields {
      guard let slot = slots[field.number] else { continue }
      if let value = try value(of: field, slot, depth) {
        members.append(JSONValue.Member(field.jsonName, value))
      }
    }
    let object = JSONValue.object(members)
    if type.name == "google.protobuf.Any" { return try any(object, depth: depth) }
    return WellKnownForm(type.name)?.form(of: object) ?? object
  }

  private mutating func read(
    _ field: MessageField, _ tag: WireReader.Tag, from reader: inout WireReader,
    into slot: inout Slot, _ depth: Int
  ) throws(WireReader.Flaw) {
    if field.isMessage {
      let piece =
        field.kind == .group ? try reader.group(tag) : try reader.message()
      try take(at: piece.at)
      if let entry = pool.entry(of: field) {
        try add(piece, of: entry, to: &slot, depth)
      } else if field.isRepeated {
        slot.values.append(try content([piece], of: field, depth))
      } else {
        slot.pieces.append(piece)
      }
    } else if field.isRepeated, tag.type == .lengthDelimited, field.wireType != .lengthDelimited {
      var packed = try reader.message()
      while !packed.isAtEnd {
        try take(at: packed.at)
        slot.values.append(field.json(of: try packed.scalar(field.wireType), in: pool))
      }
    } else {
      let start = reader.at
      let scalar = try reader.scalar(tag.type)
      try take(reader.at - start, at: start)
      if !field.isRepeated { slot.values.removeAll() }
      slot.values.append(field.json(of: scalar, in: pool))
      slot.isZero = scalar.isZero
    }
  }

  private mutating func value(
    of field: MessageField, _ slot: Slot, _ depth: Int
  ) throws(WireReader.Flaw) -> JSONValue? {
    if pool.entry(of: field) != nil { return .object(slot.members) }
    if field.isRepeated { return slot.values.isEmpty ? nil : .array(slot.values) }
    if field.isMessage { return try content(slot.pieces, of: field, depth) }
    return slot.isZero && !field.hasPresence ? nil : slot.values.last
  }

  /// A message within another; its bytes where the pool does not hold its type.
  private mutating func content(
    _ pieces: [WireReader], of field: MessageField, _ depth: Int
  ) throws(WireReader.Flaw) -> JSONValue {
    if let type = pool.message(field.typeName) {
      return try message(pieces, as: type, depth: depth + 1)
    }
    missing.insert(field.typeName)
    try take(pieces.reduce(0) { $0 + $1.rest.count }, at: pieces.first?.at ?? 0)
    return .string(MessageCodec.base64(pieces.flatMap { Array($0.rest) }))
  }

  private mutating func add(
    _ piece: WireReader, of entry: MessageType, to slot: inout Slot, _ depth: Int
  ) throws(WireReader.Flaw) {
    guard let keyField = entry.field(1), let valueField = entry.field(2) else { return }
    var reader = piece
    var key = keyField.zero
    var value = Slot()
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch tag.number {
      case 1 where tag.type == keyField.wireType:
        let start = reader.at
        key = try reader.scalar(tag.type)
        try take(reader.at - start, at: start)
      case 2 where valueField.accepts(tag.type):
        try read(valueField, tag, from: &reader, into: &value, depth)
      default: try reader.skip(tag)
      }
    }
    let name =
      switch keyField.json(of: key, in: pool) {
      case .string(let text), .number(let text): text
      case .bool(let isTrue): "\(isTrue)"
      case .null, .array, .object: ""
      }
    let content =
      valueField.isMessage
      ? try self.content(value.pieces, of: valueField, depth)
      : value.values.last ?? valueField.json(of: valueField.zero, in: pool)
    if let index = slot.keys[name] {
      slot.members[index].value = content
    } else {
      slot.keys[name] = slot.members.count
      slot.members.append(JSONValue.Member(name, content))
    }
  }

  /// What an `Any` holds, out of its fields; those themselves where its type is not known.
  private mutating func any(
    _ fields: JSONValue, depth: Int
  ) throws(WireReader.Flaw) -> JSONValue {
    guard let url = fields["typeUrl"]?.text else { return fields }
    let head = JSONValue.Member("@type", .string(url))
    let value = fields["value"] ?? ""
    let name = MessageCodec.typeName(url)
    guard let type = pool.message(name), let bytes = try? MessageField.base64(value) else {
      missing.insert(name)
      return .object([head, .init("value", value)])
    }
    let content: Result<JSONValue, WireReader.Flaw> = bytes.withUnsafeBytes { bytes in
      do throws(WireReader.Flaw) {
        return .success(try decode(bytes, as: type, depth: depth + 1))
      } catch {
        return .failure(error)
      }
    }
    let json = try content.get()
    let hasForm = type.name == "google.protobuf.Any" || WellKnownForm(type.name) != nil
    guard !hasForm, case .object(let members) = json else {
      return .object([head, .init("value", json)])
    }
    return .object([head] + members)
  }
}

extension MessageField {
  /// Whether its values are written like this; of repeated numbers, many as one value too.
  fileprivate func accepts(_ type: WireReader.WireType) -> Bool {
    type == wireType || isRepeated && !isMessage && type == .lengthDelimited
  }
}
