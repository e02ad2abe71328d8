import DuikouModel
import Foundation
import GRPCNIOTransportHTTP2Posix
import NIOSSL
import X509

/// The certificate that the daemon shows, and whose clients' certificates it asks for.
struct ServerIdentity: Sendable, Hashable {
  /// A PEM file: the daemon's certificate, then those between it and its authority.
  let certificate: String
  /// A PEM file that nobody but the daemon's user may read.
  let key: String
  /// A PEM file of authorities; nil where clients need no certificate.
  let clientAuthority: String?

  /// Reads the files once, so that what is wrong with them is told at the start.
  ///
  /// Throws `failedPrecondition` with what to do about the file.
  func check() throws(DuikouError) {
    let leaf = try Self.read(certificate, "certificate") {
      try NIOSSLCertificate.fromPEMFile(certificate).first
    }
    try checkServes(leaf)
    let privateKey = try Self.read(key, "private key") {
      try NIOSSLPrivateKey(file: key, format: .pem)
    }
    var status = stat()
    if stat(key, &status) == 0, status.st_mode & 0o077 != 0 {
      throw DuikouError(
        .failedPrecondition,
        "\(key) may be read by others, who could pass for this daemon: chmod 600 it")
    }
    if let clientAuthority {
      _ = try Self.read(clientAuthority, "certificates") {
        try NIOSSLCertificate.fromPEMFile(clientAuthority).first
      }
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(leaf)], privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    do {
      _ = try NIOSSLContext(configuration: configuration)
    } catch {
      throw DuikouError(
        .failedPrecondition,
        "\(key) does not belong to the certificate \(certificate): name the key it was made for",
        cause: error)
    }
  }

  /// Whether clients can take the certificate for a server's.
  private func checkServes(_ leaf: NIOSSLCertificate) throws(DuikouError) {
    let leaf = try Self.read(certificate, "certificate") {
      try Certificate(derEncoded: leaf.toDERBytes())
    }
    let reason: String? =
      if leaf.notValidAfter < Date() {
        "has expired on \(leaf.notValidAfter.formatted(.iso8601))"
      } else if let purposes = try? leaf.extensions.extendedKeyUsage,
        !purposes.contains(.serverAuth)
      {
        "is for clients"
      } else if (try? leaf.extensions.subjectAlternativeNames)?.isEmpty ?? true {
        "names no host"
      } else {
        nil
      }
    guard let reason else { return }
    throw DuikouError(
      .failedPrecondition,
      "the certificate \(certificate) \(reason): no client would trust it; make one with `duikou tls "
        + "issue --server`")
  }

  /// For gRPC's transport.
  var security: HTTP2ServerTransport.Posix.TransportSecurity {
    .tls(
      certificateChain: [.file(path: certificate, format: .pem)],
      privateKey: .file(path: key, format: .pem)
    ) { tls in
      tls.requireALPN = true
      guard let clientAuthority else { return }
      tls.clientCertificateVerification = .noHostnameVerification
      tls.trustRoots = .certificates([.file(path: clientAuthority, format: .pem)])
    }
  }

  private static func read<Value>(
    _ file: String, _ content: String, _ body: () throws -> Value?
  ) throws(DuikouError) -> Value {
    guard FileManager.default.isReadableFile(atPath: file) else {
      throw DuikouError(
        .failedPrecondition, "\(file) cannot be read: check its path, and that it is this user's")
    }
    do {
      if let value = try body() { return value }
      throw DuikouError(.failedPrecondition, "\(file) has no \(content): it must be a PEM file")
    } catch let error as DuikouError {
      throw error
    } catch {
      throw DuikouError(
        .failedPrecondition, "\(file) has no \(content) that can be read: it must be a PEM file",
        cause: error)
    }
  }
}
