import DuikouModel
import Foundation

extension MessageField {
  /// What should have stood in JSON, for a sentence that begins with "expected".
  struct Expectation: Error {
    var text: String
  }

  var wireType: WireReader.WireType {
    switch kind {
    case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool, .enum: .varint
    case .fixed32, .sfixed32, .float: .fixed32
    case .fixed64, .sfixed64, .double: .fixed64
    case .string, .bytes, .message: .lengthDelimited
    case .group: .startGroup
    }
  }

  var isMessage: Bool { kind == .message || kind == .group }

  /// Whether JSON's null is one of its values.
  var hasNull: Bool {
    typeName == "google.protobuf.NullValue" || typeName == "google.protobuf.Value"
  }

  /// Reads a value that is no message.
  func scalar(from json: JSONValue, in pool: DescriptorPool) throws(Expectation) -> WireScalar {
    switch kind {
    case .int32: .varint(UInt64(bitPattern: Int64(try integer(json) as Int32)))
    case .int64: .varint(UInt64(bitPattern: try integer(json) as Int64))
    case .uint32: .varint(UInt64(try integer(json) as UInt32))
    case .uint64: .varint(try integer(json))
    case .sint32: .varint(Self.zigzag(Int64(try integer(json) as Int32)))
    case .sint64: .varint(Self.zigzag(try integer(json)))
    case .fixed32: .fixed32(try integer(json))
    case .sfixed32: .fixed32(UInt32(bitPattern: try integer(json)))
    case .fixed64: .fixed64(try integer(json))
    case .sfixed64: .fixed64(UInt64(bitPattern: try integer(json)))
    case .double: .fixed64(try floating(json) { Double($0) }.bitPattern)
    case .float: .fixed32(try floating(json) { Float($0) }.bitPattern)
    case .bool:
      switch json {
      case .bool(let value): .varint(value ? 1 : 0)
      default: throw Expectation(text: "true or false")
      }
    case .string:
      switch json {
      case .string(let text): .bytes(Array(text.utf8))
      default: throw Expectation(text: "a string")
      }
    case .bytes: .bytes(try Self.base64(json))
    case .enum: .varint(UInt64(bitPattern: Int64(try enumValue(json, in: pool))))
    case .message, .group: throw Expectation(text: "an object")
    }
  }

  /// Shows a value that is no message.
  func json(of scalar: WireScalar, in pool: DescriptorPool) -> JSONValue {
    switch (kind, scalar) {
    case (.int32, .varint(let bits)): .number("\(Int32(truncatingIfNeeded: bits))")
    case (.uint32, .varint(let bits)): .number("\(UInt32(truncatingIfNeeded: bits))")
    case (.sint32, .varint(let bits)):
      .number("\(Int32(truncatingIfNeeded: Self.unzigzag(bits & 0xffff_ffff)))")
    case (.int64, .varint(let bits)), (.sfixed64, .fixed64(let bits)):
      .string("\(Int64(bitPattern: bits))")
    case (.uint64, .varint(let bits)), (.fixed64, .fixed64(let bits)): .string("\(bits)")
    case (.sint64, .varint(let bits)): .string("\(Self.unzigzag(bits))")
    case (.fixed32, .fixed32(let bits)): .number("\(bits)")
    case (.sfixed32, .fixed32(let bits)): .number("\(Int32(bitPattern: bits))")
    case (.double, .fixed64(let bits)): Self.json(of: Double(bitPattern: bits))
    case (.float, .fixed32(let bits)): Self.json(of: Float(bitPattern: bits))
    case (.bool, .varint(let bits)): .bool(bits != 0)
    case (.enum, .varint(let bits)): name(of: Int32(truncatingIfNeeded: bits), in: pool)
    case (.string, .bytes(let bytes)): .string(String(decoding: bytes, as: UTF8.self))
    case (_, .bytes(let bytes)): .string(Data(bytes).base64EncodedString())
    default: .null
    }
  }

  /// The value that a field has of which nothing is written.
  var zero: WireScalar {
    switch wireType {
    case .varint: .varint(0)
    case .fixed32: .fixed32(0)
    case .fixed64: .fixed64(0)
    case .lengthDelimited, .startGroup, .endGroup: .bytes([])
    }
  }

  /// Whole numbers may be written in quotes, or as `1.0` or `1e3`.
  private func integer<Integer: FixedWidthInteger>(
    _ json: JSONValue
  ) throws(Expectation) -> Integer {
    if let text = Self.digits(json) {
      if let number = Integer(text) { return number }
      if let whole = Self.whole(text), let number = Integer(whole) { return number }
    }
    throw Expectation(text: "a whole number from \(Integer.min) to \(Integer.max)")
  }

  /// The digits of a whole number of at most 20 that is written with a point or an exponent; nil for
  /// other numbers.
  private static func whole(_ text: String) -> String? {
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative ? 1 : 0).split { "eE".contains($0) }
    guard let mantissa = parts.first else { return nil }
    let sides = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    let digits = sides.joined()
    let significant = digits.drop { $0 == "0" }
    guard let last = significant.lastIndex(where: { $0 != "0" }) else { return "0" }
    guard let exponent = parts.count > 1 ? Int(parts[1]) : 0,
      exponent.magnitude <= UInt(digits.count) + 20
    else { return nil }
    let kept = significant[...last]
    let leading = digits.count - significant.count
    let length = sides[0].count - leading + exponent
    guard length >= kept.count, length <= 20 else { return nil }
    return "\(isNegative ? "-" : "")\(kept)\(String(repeating: "0", count: length - kept.count))"
  }

  private func floating<Number: BinaryFloatingPoint>(
    _ json: JSONValue, _ read: (String) -> Number?
  ) throws(Expectation) -> Number {
    switch json.text {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default:
      guard let text = Self.digits(json), let number = read(text), number.isFinite else {
        throw Expectation(
          text: "a number of \(MemoryLayout<Number>.size * 8) bits, \"NaN\", \"Infinity\" "
            + "or \"-Infinity\"")
      }
      return number
    }
  }

  private static func digits(_ json: JSONValue) -> String? {
    switch json {
    case .number(let text): text
    case .string(let text): JSONParser.isNumber(text) ? text : nil
    case .null, .bool, .array, .object: nil
    }
  }

  private func enumValue(
    _ json: JSONValue, in pool: DescriptorPool
  ) throws(Expectation) -> Int32 {
    switch json {
    case .null where hasNull: return 0
    case .number: return try integer(json)
    case .string(let name):
      guard let type = pool.enumeration(typeName) else {
        throw Expectation(text: "the number of a value: the server does not describe \(typeName)")
      }
      if let number = type.number(of: name) { return number }
      let near = NearestNames.to(name, in: type.names)
      let names = near.isEmpty ? Array(type.names.prefix(5)) : near
      throw Expectation(text: "a value of \(typeName), such as \(names.joined(separator: ", "))")
    case .null, .bool, .array, .object:
      throw Expectation(text: "a value of \(typeName), by its name or number")
    }
  }

  private func name(of number: Int32, in pool: DescriptorPool) -> JSONValue {
    if typeName == "google.protobuf.NullValue" { return .null }
    return pool.enumeration(typeName)?.name(of: number).map { .string($0) }
      ?? .number("\(number)")
  }

  /// Either alphabet of base64, with or without its padding.
  static func base64(_ json: JSONValue) throws(Expectation) -> [UInt8] {
    if let text = json.text {
      var plain = text.replacing("-", with: "+").replacing("_", with: "/")
      while plain.utf8.count % 4 != 0 { plain += "=" }
      if let data = Data(base64Encoded: plain) { return Array(data) }
    }
    throw Expectation(text: "bytes in base64")
  }

  private static func json<Number: BinaryFloatingPoint & CustomDebugStringConvertible>(
    of number: Number
  ) -> JSONValue {
    if number.isNaN { return .string("NaN") }
    if number.isInfinite { return .string(number < 0 ? "-Infinity" : "Infinity") }
    return .number(number.debugDescription)
  }

  private static func zigzag(_ number: Int64) -> UInt64 {
    UInt64(bitPattern: number << 1 ^ number >> 63)
  }

  private static func unzigzag(_ bits: UInt64) -> Int64 {
    Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)
  }
}
