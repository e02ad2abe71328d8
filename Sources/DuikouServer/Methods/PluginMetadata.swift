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
  /// protocol, and no secrets. Binary values are given in Base64, as they are sent.
  static func list(_ metadata: Metadata) -> [(name: String, value: String)] {
    metadata.compactMap { name, value in
      let name = name.lowercased()
      guard !name.hasPrefix(":"), !name.hasPrefix("grpc-"), !hidden.contains(name) else {
        return nil
      }
      switch value {
      case .string(let text): return (name, text)
      case .binary(let bytes): return (name, Data(bytes).base64EncodedString())
      }
    }
  }
}
