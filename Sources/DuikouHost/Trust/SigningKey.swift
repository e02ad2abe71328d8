import Crypto
import DuikouModel

/// A private key with which plugins are signed.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// Makes a new one.
  public init() { key = Curve25519.Signing.PrivateKey() }

  /// Reads a PEM file. Throws `notFound`, `permissionDenied` for one that others may read or this user may
  /// not, `invalidArgument` for what is no such key, or `unavailable`.
  public init(file: String) throws(DuikouError) {
    let (bytes, mode) = try PEMKey.read(file, .private)
    guard mode & 0o077 == 0 else {
      throw DuikouError(
        .permissionDenied,
        "the key \(file) may be read by others (mode 0\(String(mode, radix: 8))): `chmod 600 \(file)`"
      )
    }
    do {
      key = try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    } catch {
      throw DuikouError(.invalidArgument, "\(file) is no private Ed25519 key", cause: error)
    }
  }

  /// Writes it to a new file that only this user may read. Throws `alreadyExists`, `permissionDenied` or
  /// `unavailable`.
  public func write(to file: String) throws(DuikouError) {
    try PEMKey.write(key.rawRepresentation, .private, to: file)
  }

  /// The key that others need to verify what this one signs.
  public func trusted(as name: String) -> TrustedKey { TrustedKey(name: name, key: key.publicKey) }

  /// Signs a plugin file by its hash. Throws `internalError` where the library cannot.
  public func sign(sha256: String) throws(DuikouError) -> PluginSignature {
    do {
      let bytes = try key.signature(for: PluginSignature.message(sha256))
      return PluginSignature(
        key: trusted(as: "").fingerprint, sha256: sha256, signature: bytes)
    } catch {
      throw DuikouError(.internalError, "the plugin cannot be signed", cause: error)
    }
  }
}
