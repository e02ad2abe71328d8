import Foundation
import GRPCCore

/// Which request headers a plugin sees: those that the client has set for it, not those of the
/// protocol, and no secrets.
enum PluginMetadata {
  private static let hidden: Set = [
    "te", "user-agent", "content-type", "authorization", "proxy-authorization", "cookie",
  ]

  /// Binary values are given in Base64, as they are sent.
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
