import DuikouModel
import Foundation

/// Ed25519 keys in PEM, as OpenSSL writes them: the DER of such a key is a constant and 32 bytes
/// (RFC 8410).
enum PEMKey {
  enum Kind: String {
    case `public` = "PUBLIC KEY"
    case `private` = "PRIVATE KEY"

    fileprivate var prefix: [UInt8] {
      switch self {
      case .public: [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
      case .private:
        [
          0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
          0x20,
        ]
      }
    }
  }

  static func text(of key: some Sequence<UInt8>, _ kind: Kind) -> String {
    let base64 = Data(kind.prefix + Array(key)).base64EncodedString()
    return "-----BEGIN \(kind.rawValue)-----\n\(base64)\n-----END \(kind.rawValue)-----\n"
  }

  /// The 32 bytes; nil for what is no such key.
  static func key(in text: String, _ kind: Kind) -> Data? {
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard let start = lines.firstIndex(of: "-----BEGIN \(kind.rawValue)-----"),
      let end = lines.firstIndex(of: "-----END \(kind.rawValue)-----"), start < end,
      let bytes = Data(base64Encoded: lines[(start + 1)..<end].joined()),
      bytes.count == kind.prefix.count + 32, bytes.starts(with: kind.prefix)
    else { return nil }
    return bytes.suffix(32)
  }
}
