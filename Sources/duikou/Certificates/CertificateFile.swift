import Crypto
import DuikouModel
import Foundation
import X509

/// Certificates and keys as PEM files: `NAME.pem` and, for the owner alone, `NAME.key`.
enum CertificateFile {
  /// Makes a folder for the owner alone. Throws `unavailable`.
  static func makeFolder(_ folder: String) throws(DuikouError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw DuikouError(.unavailable, "the folder \(folder) cannot be made", cause: error)
    }
  }

  /// Writes a certificate and its key. Throws `alreadyExists` rather than write over a file.
  static func write(
    _ certificate: Certificate, _ key: P256.Signing.PrivateKey, to path: String
  ) throws(DuikouError) {
    guard let text = try? certificate.serializeAsPEM().pemString else {
      throw DuikouError(.internalError, "the certificate \(path).pem cannot be written as PEM")
    }
    guard access("\(path).pem", F_OK) != 0 else { throw existing("\(path).pem") }
    try write(key.pemRepresentation, to: "\(path).key", mode: 0o600)
    try write(text, to: "\(path).pem", mode: 0o644)
  }

  /// Reads a certificate and its key. Throws `notFound` where they are not there, `failedPrecondition`
  /// where they are something else.
  static func read(
    _ path: String
  ) throws(DuikouError) -> (certificate: Certificate, key: P256.Signing.PrivateKey) {
    do {
      let (certificate, key) = (try text("\(path).pem"), try text("\(path).key"))
      return (
        try Certificate(pemEncoded: certificate),
        try P256.Signing.PrivateKey(pemRepresentation: key)
      )
    } catch let error as DuikouError {
      throw error
    } catch {
      throw DuikouError(
        .failedPrecondition,
        "\(path).pem and \(path).key are no certificate and key that `duikou tls init` has made",
        cause: error)
    }
  }

  /// The bytes of an IPv4 or IPv6 address; nil for a name.
  static func address(_ text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
    return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
  }

  private static func write(
    _ text: String, to path: String, mode: mode_t
  ) throws(DuikouError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      guard errno != EEXIST else { throw existing(path) }
      throw DuikouError(
        .unavailable, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data(text.utf8 + (text.hasSuffix("\n") ? [] : [0x0A])))
      try file.synchronize()
    } catch {
      unlink(path)
      throw DuikouError(.unavailable, "\(path) cannot be written", cause: error)
    }
  }

  private static func text(_ path: String) throws(DuikouError) -> String {
    guard let bytes = FileManager.default.contents(atPath: path),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw DuikouError(
        .notFound, "\(path) cannot be read: make an authority with `duikou tls init FOLDER` first")
    }
    return text
  }

  private static func existing(_ path: String) -> DuikouError {
    DuikouError(.alreadyExists, "\(path) is there already: move it away, or take another name")
  }
}
