import DuikouHost
import Foundation
import GRPCCore

/// What a call's metadata is to a plugin.
enum PluginMetadata {
  private static let hidden: Set = [
    "te", "user-agent", "content-type", "authorization", "proxy-authorization", "cookie",
  ]

  /// What a client gets behind the answer.
  static func trailers(_ result: CallResult) -> Metadata {
    var metadata: Metadata = ["duikou-elapsed-ns": "\(result.elapsedNanoseconds)"]
    for trailer in result.trailers {
      if trailer.isBinary {
        metadata.addBinary(trailer.value, forKey: trailer.name)
      } else {
        metadata.addString(String(decoding: trailer.value, as: UTF8.self), forKey: trailer.name)
      }
    }
    return metadata
  }

  /// The request headers that a plugin sees: those that the client has set for it, not those of the
  /// protocol, and no secrets.
  static func list(_ metadata: Metadata) -> [MetadataEntry] {
    metadata.compactMap { name, value in
      let name = name.lowercased()
      guard !name.hasPrefix(":"), !name.hasPrefix("grpc-"), !hidden.contains(name) else {
        return nil
      }
      switch value {
      case .string(let text):
        // Text that is no Base64 stays as it was sent.
        guard name.hasSuffix("-bin"), let bytes = Data(base64Encoded: padded(text)) else {
          return MetadataEntry(name: name, text: text)
        }
        return MetadataEntry(name: name, value: Array(bytes))
      case .binary(let bytes): return MetadataEntry(name: name, value: bytes)
      }
    }
  }

  /// Clients leave out the `=` at the end.
  private static func padded(_ base64: String) -> String {
    base64 + String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
  }
}
