import DuikouModel
import Foundation

/// JSON to protobuf messages and back, by descriptors and proto3's mapping.
public struct MessageCodec: Sendable {
  /// A message as JSON.
  public struct Decoded: Sendable {
    public var json: JSONValue
    /// Full names of the types of which the pool lacks the descriptors; what they would show is
    /// there as base64.
    public var missing: Set<String>
  }

  public let pool: DescriptorPool
  private let valueLimit: Int

  /// Messages that are decoded may hold `valueLimit` values, each 64 bytes of text counted as one more. By
  /// default they become some hundred megabytes at most, whatever they are made of.
  public init(_ pool: DescriptorPool, valueLimit: Int = 4 << 20) {
    self.pool = pool
    self.valueLimit = valueLimit
  }

  /// Encodes a message. Throws `invalidArgument`, with where in the JSON what else was expected.
  public func encode(_ json: JSONValue, as type: String) throws(DuikouError) -> [UInt8] {
    try MessageEncoder.encode(json, as: try message(type), in: pool)
  }

  /// Decodes a message. Throws `dataLoss` where the bytes are none, `resourceExhausted` where they hold
  /// more values than are shown.
  public func decode(_ bytes: [UInt8], as type: String) throws(DuikouError) -> Decoded {
    let type = try message(type)
    let result: Result<Decoded, DuikouError> = bytes.withUnsafeBytes { bytes in
      var decoder = MessageDecoder(pool, budget: valueLimit)
      do throws(WireReader.Flaw) {
        let json = try decoder.decode(bytes, as: type)
        return .success(Decoded(json: json, missing: decoder.missing))
      } catch {
        return .failure(
          DuikouError(
            error.isTooLarge ? .resourceExhausted : .dataLoss,
            error.isTooLarge
              ? "the server's answer is too large to be shown: \(error.reason)"
              : "the server's answer is no \(type.name): \(error.reason), at byte \(error.offset)"))
      }
    }
    return try result.get()
  }

  /// The types that values of `Any` in this JSON name.
  public static func anyTypes(in json: JSONValue) -> Set<String> {
    switch json {
    case .null, .bool, .number, .string: []
    case .array(let values): values.reduce(into: []) { $0.formUnion(anyTypes(in: $1)) }
    case .object(let members):
      members.reduce(into: []) { types, member in
        if member.key == "@type", let url = member.value.text { types.insert(typeName(url)) }
        types.formUnion(anyTypes(in: member.value))
      }
    }
  }

  private func message(_ name: String) throws(DuikouError) -> MessageType {
    guard let type = pool.message(name) else {
      throw DuikouError(.notFound, "the server does not describe the message \(name)")
    }
    return type
  }

  /// `type.googleapis.com/duikou.v1.Record` is `duikou.v1.Record`.
  static func typeName(_ url: String) -> String {
    String(url[(url.lastIndex(of: "/").map { url.index(after: $0) } ?? url.startIndex)...])
  }

  static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
