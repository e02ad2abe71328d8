import Crypto
import DuikouModel
import Foundation
import SwiftASN1
import X509

/// A small authority in a folder: `ca.pem` with its key `ca.key`, and beside them the certificates that it
/// has issued. All keys are of the curve P-256.
struct CertificateAuthority {
  private static let name = "Duikou CA"
  /// Days for which the authority's own certificate holds, and those that it issues.
  private static let ownDays = 3650
  private static let issuedDays = 825

  private let folder: String
  private let certificate: Certificate
  private let key: P256.Signing.PrivateKey

  /// Makes an authority in `folder`, which is made if need be. Throws `alreadyExists` where there is one,
  /// `unavailable` where the file system refuses.
  init(makingIn folder: String) throws(DuikouError) {
    self.folder = folder
    try CertificateFile.makeFolder(folder)
    let key = P256.Signing.PrivateKey()
    self.key = key
    certificate = try Self.sign("a certificate for the authority") {
      let name = try DistinguishedName { CommonName(Self.name) }
      return try Certificate(
        version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
        notValidBefore: Self.start, notValidAfter: Self.end(Self.ownDays), issuer: name,
        subject: name, signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
          Critical(KeyUsage(keyCertSign: true, cRLSign: true))
          SubjectKeyIdentifier(hash: .init(key.publicKey))
        }, issuerPrivateKey: .init(key))
    }
    try CertificateFile.write(certificate, key, to: "\(folder)/ca")
  }

  /// Opens the authority in `folder`. Throws `notFound` where there is none, `failedPrecondition` where
  /// its files cannot be read.
  init(openedIn folder: String) throws(DuikouError) {
    self.folder = folder
    (certificate, key) = try CertificateFile.read("\(folder)/ca")
    guard certificate.publicKey == .init(key.publicKey) else {
      throw DuikouError(
        .failedPrecondition, "\(folder)/ca.key is not the key of \(folder)/ca.pem")
    }
  }

  /// Throws `invalidArgument` for what is neither a host name nor an address.
  static func check(names: [String]) throws(DuikouError) {
    for name in names where CertificateFile.address(name) == nil {
      let labels = name.split(separator: ".", omittingEmptySubsequences: false)
      let isHost =
        name.utf8.count <= 253
        && labels.allSatisfy { label in
          !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-")
            && label.utf8.allSatisfy {
              (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D
            }
        }
      guard isHost else {
        throw DuikouError(
          .invalidArgument,
          "\(name.isEmpty ? "an empty name" : name) is no host name and no address: leave out the port, and write other letters in punycode"
        )
      }
    }
  }

  /// Issues a certificate for a server, `server.pem` with its key. `names` are the host names and
  /// addresses under which clients reach it.
  func issueServer(names: [String]) throws(DuikouError) {
    try Self.check(names: names)
    try issue(
      "server", commonName: names.first ?? "localhost", purpose: .serverAuth,
      names: names.map { name in
        CertificateFile.address(name).map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) }
          ?? .dnsName(name)
      })
  }

  /// Issues a certificate for a client, whose name is the certificate's common name.
  func issueClient(name: String) throws(DuikouError) {
    guard !name.isEmpty, !["ca", "server"].contains(name), !name.hasPrefix("."),
      name.utf8.count <= 64, !name.contains(where: { $0 == "/" || $0.isNewline })
    else {
      throw DuikouError(
        .invalidArgument,
        "\(name) cannot name a client: take 1 to 64 bytes without / that are not ca or server")
    }
    try issue(name, commonName: name, purpose: .clientAuth, names: [])
  }

  private func issue(
    _ file: String, commonName: String, purpose: ExtendedKeyUsage.Usage, names: [GeneralName]
  ) throws(DuikouError) {
    let leafKey = P256.Signing.PrivateKey()
    let leaf = try Self.sign("a certificate for \(commonName)") {
      try Certificate(
        version: .v3, serialNumber: .init(), publicKey: .init(leafKey.publicKey),
        notValidBefore: Self.start,
        notValidAfter: min(Self.end(Self.issuedDays), certificate.notValidAfter),
        issuer: certificate.subject, subject: try DistinguishedName { CommonName(commonName) },
        signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.notCertificateAuthority)
          Critical(KeyUsage(digitalSignature: true))
          try ExtendedKeyUsage([purpose])
          AuthorityKeyIdentifier(
            keyIdentifier: SubjectKeyIdentifier(hash: certificate.publicKey).keyIdentifier)
          if !names.isEmpty { SubjectAlternativeNames(names) }
        }, issuerPrivateKey: .init(key))
    }
    try CertificateFile.write(leaf, leafKey, to: "\(folder)/\(file)")
  }

  /// Clocks of other machines may be behind.
  private static var start: Date { Date(timeIntervalSinceNow: -3600) }

  private static func end(_ days: Int) -> Date {
    Date(timeIntervalSinceNow: Double(days) * 86_400)
  }

  private static func sign(
    _ what: String, _ body: () throws -> Certificate
  ) throws(DuikouError) -> Certificate {
    do {
      return try body()
    } catch {
      throw DuikouError(.internalError, "\(what) cannot be made: \(error)", cause: error)
    }
  }
}
