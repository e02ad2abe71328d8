import Crypto
import DuikouModel
import Foundation

/// A public key with which plugins may be signed, by a name that people know.
public struct TrustedKey: Sendable {
  public let name: String
  let key: Curve25519.Signing.PublicKey

  init(name: String, key: Curve25519.Signing.PublicKey) {
    self.name = name
    self.key = key
  }

  /// Reads `NAME:FILE`, or the path of a file, after which the key is then named. Throws as
  /// `init(name:file:)` does.
  public init(_ text: String) throws(DuikouError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let isNamed = parts.count == 2 && !parts[0].isEmpty && !parts[0].contains("/")
    let file = isNamed ? String(parts[1]) : text
    let name =
      isNamed
      ? String(parts[0])
      : ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    try self.init(name: name, file: file)
  }

  /// Reads a PEM file. Throws `notFound`, `permissionDenied`, `invalidArgument` for what is no public
  /// Ed25519 key, or `unavailable`.
  public init(name: String, file: String) throws(DuikouError) {
    let (bytes, _) = try PEMKey.read(file, .public)
    do {
      self.init(name: name, key: try Curve25519.Signing.PublicKey(rawRepresentation: bytes))
    } catch {
      throw DuikouError(.invalidArgument, "\(file) is no public Ed25519 key", cause: error)
    }
  }

  /// Writes it to a new PEM file. Throws `alreadyExists`, `permissionDenied` or `unavailable`.
  public func write(to file: String) throws(DuikouError) {
    try PEMKey.write(key.rawRepresentation, .public, to: file)
  }

  /// 16 hexadecimal digits that tell keys apart: the first 8 bytes of SHA-256 of the key's 32.
  public var fingerprint: String {
    String(SHA256.hash(data: key.rawRepresentation).hexadecimal.prefix(16))
  }

  /// The key in PEM.
  public var pem: String { PEMKey.text(of: key.rawRepresentation, .public) }
}
