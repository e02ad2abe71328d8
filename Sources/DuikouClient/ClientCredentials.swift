import DuikouAPI
import DuikouModel
import Foundation
import NIOSSL

/// How a connection is protected, and how the caller shows who it is.
public struct ClientCredentials: Sendable, Hashable {
  /// Whether TLS is spoken, to a server whose certificate this machine trusts.
  public var usesTLS: Bool
  /// A PEM file of the authorities that are trusted instead of the machine's; nil for the machine's.
  public var authority: String?
  /// PEM files: the certificate to show and its key; nil to show none.
  public var certificate: String?
  public var key: String?
  /// A bearer token to send with each call; nil for none.
  public var token: String?

  /// A file that is named means TLS.
  public init(
    usesTLS: Bool = false, authority: String? = nil, certificate: String? = nil,
    key: String? = nil, token: String? = nil
  ) {
    self.usesTLS = usesTLS || authority != nil || certificate != nil || key != nil
    self.authority = authority
    self.certificate = certificate
    self.key = key
    self.token = token
  }

  /// Nobody who listens in between may read a token. Throws `failedPrecondition`.
  func check(for address: DaemonAddress) throws(DuikouError) {
    guard token != nil, !usesTLS, !address.isLoopback else { return }
    throw DuikouError(
      .failedPrecondition,
      "the token would be sent to \(address) in plain text: use TLS with --ca FILE or --tls")
  }

  /// The TLS context; nil without TLS. Throws `failedPrecondition` for files that do not serve.
  func context() throws(DuikouError) -> NIOSSLContext? {
    guard usesTLS else { return nil }
    guard (certificate == nil) == (key == nil) else {
      throw DuikouError(
        .failedPrecondition, "a certificate and its key belong together: name both")
    }
    for file in [authority, certificate, key].compactMap({ $0 }) {
      guard FileManager.default.isReadableFile(atPath: file) else {
        throw DuikouError(.failedPrecondition, "\(file) cannot be read: check its path")
      }
    }
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["h2"]
    do {
      if let authority { configuration.trustRoots = .file(authority) }
      if let certificate, let key {
        configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate)
          .map { .certificate($0) }
        configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
      }
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw DuikouError(
        .failedPrecondition,
        "the certificates do not serve: they must be PEM files, and the key the certificate's own",
        cause: error)
    }
  }
}
