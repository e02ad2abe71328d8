import GRPCCore
import GRPCNIOTransportCore
import GRPCNIOTransportHTTP2Posix

/// A message as its bytes: plugins' messages are read and written by `DuikouWire`.
struct RawMessage: Sendable {
  var bytes: GRPCNIOTransportBytes
}

struct RawMessageDeserializer: MessageDeserializer {
  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> RawMessage {
    if let bytes = bytes as? GRPCNIOTransportBytes { return RawMessage(bytes: bytes) }
    return bytes.withUnsafeBytes { RawMessage(bytes: GRPCNIOTransportBytes($0)) }
  }
}

struct RawMessageSerializer: MessageSerializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: RawMessage) throws -> Bytes {
    if let bytes = message.bytes as? Bytes { return bytes }
    return message.bytes.withUnsafeBytes { Bytes($0) }
  }
}
