import Crypto
import DuikouHost
import Foundation

/// A bearer token as the configuration knows it: by its hash.
///
/// Written `NAME:ROLE:SHA256`, with the SHA-256 of the token in hex. `printf %s TOKEN | sha256sum`
/// makes it, and `openssl rand -base64 32` a token.
public struct AccessToken: Sendable, Hashable {
  public let name: String
  public let role: Role
  public let sha256: String

  /// Nil where the text is no such line.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, let role = Role(rawValue: String(parts[1])),
      parts[2].isSHA256
    else { return nil }
    name = String(parts[0])
    self.role = role
    sha256 = parts[2].lowercased()
  }

  /// The hash of a client's token. Hashes are compared, so how long it takes says nothing of the token.
  static func hash(of token: some StringProtocol) -> String {
    SHA256.hash(data: Data(token.utf8)).hexadecimal
  }
}

extension StringProtocol {
  /// Whether it is a SHA-256 in hex.
  var isSHA256: Bool {
    utf8.count == 64
      && utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
      }
  }
}
