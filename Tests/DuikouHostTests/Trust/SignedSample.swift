import Foundation

@testable import DuikouHost

/// The key of RFC 8410, chapter 10, and what OpenSSL 3.0.19 has made with it: what is written today can be read
/// by what is written tomorrow.
enum SignedSample {
  static let privatePEM = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
    -----END PRIVATE KEY-----

    """
  static let publicPEM = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
    -----END PUBLIC KEY-----

    """
  static let fingerprint = "e744c0791320c328"
  /// Of `plugin`.
  static let sha256 = "5e689e2b01672bf33996e75d5e372ff60c536ce1599a1458e867cd8f4bef5160"
  /// `pkeyutl -sign -rawin` of the message with that hash.
  static let signature =
    "VsRsL5O7G82cy2CYkI2Qrz2Ll5AuEOMbspwET/v0KpZOUp/2pKqoFpvh0ZO1fNz8CzxWof3dlPaD6+5g/Qp1Dg=="
  static let text = """
    duikou-signature: 1
    key: \(fingerprint)
    sha256: \(sha256)
    signature: \(signature)

    """
}
