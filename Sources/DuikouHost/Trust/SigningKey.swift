import Crypto
import DuikouModel
import Foundation
import Glibc

/// A private key with which plugins are signed.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// Makes a new one.
  public init() { key = Curve25519.Signing.PrivateKey() }

  /// Reads a PEM file. Throws `notFound`, `permissionDenied` for one that others may read, or
  /// `invalidArgument`.
  public init(file: String) throws(DuikouError) {
    guard let text = SmallFile.text(file) else {
      throw DuikouError(
        .notFound, "the key \(file) cannot be read: make one with `duikou plugin keygen`")
    }
    var status = stat()
    guard stat(file, &status) == 0, status.st_mode & 0o077 == 0 else {
      throw DuikouError(
        .permissionDenied, "the key \(file) may be read by others: `chmod 600 \(file)`")
    }
    guard let bytes = PEMKey.key(in: text, .private),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    else {
      throw DuikouError(
        .invalidArgument,
        "\(file) is no private Ed25519 key in PEM, as `duikou plugin keygen` makes")
    }
    self.key = key
  }

  /// Writes it to a new file that only this user may read. Throws `alreadyExists`, `permissionDenied` or
  /// `unavailable`.
  public func write(to file: String) throws(DuikouError) {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      guard errno != EEXIST else {
        throw DuikouError(
          .alreadyExists,
          "\(file) is there already, and no key is written over: choose another name")
      }
      throw DuikouError(
        errno == EACCES ? .permissionDenied : .unavailable,
        "\(file) cannot be written: \(String(cString: strerror(errno)))")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(PEMKey.text(of: key.rawRepresentation, .private).utf8))
      try handle.close()
    } catch {
      unlink(file)
      throw DuikouError(.unavailable, "\(file) cannot be written: check its disk", cause: error)
    }
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
