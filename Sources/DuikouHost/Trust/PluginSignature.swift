import Crypto
import DuikouModel
import Foundation

/// A signature that lies beside a plugin's file, under its name with `.sig` behind: which key has signed
/// which bytes.
///
///     duikou-signature: 1
///     key: 0123456789abcdef
///     sha256: (64 hexadecimal digits of the plugin's file)
///     signature: (base64 of the Ed25519 signature of the message)
///
/// What is signed is not the hash alone, so that no signature made for something else serves here.
public struct PluginSignature: Sendable, Hashable {
  /// The key's fingerprint.
  public let key: String
  /// Of the signed file, in hex.
  public let sha256: String
  let signature: Data

  init(key: String, sha256: String, signature: Data) {
    self.key = key
    self.sha256 = sha256
    self.signature = signature
  }

  /// The signature file of a plugin's file.
  public static func path(of plugin: String) -> String { plugin + ".sig" }

  /// The bytes that are signed.
  static func message(_ sha256: String) -> Data {
    Data("duikou plugin signature 1\n\(sha256)\n".utf8)
  }

  /// Reads a signature file's text; nil for what is none.
  init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 5, lines[4].isEmpty else { return nil }
    let names = ["duikou-signature: ", "key: ", "sha256: ", "signature: "]
    guard zip(lines, names).allSatisfy({ $0.hasPrefix($1) }) else { return nil }
    let values = zip(lines, names).map { String($0.dropFirst($1.utf8.count)) }
    guard values[0] == "1", Self.isHexadecimal(values[1], 16), Self.isHexadecimal(values[2], 64),
      let signature = Data(base64Encoded: values[3]), signature.count == 64
    else { return nil }
    self.init(key: values[1], sha256: values[2], signature: signature)
  }

  /// The text of the signature file.
  public var text: String {
    """
    duikou-signature: 1
    key: \(key)
    sha256: \(sha256)
    signature: \(signature.base64EncodedString())

    """
  }

  private static func isHexadecimal(_ text: String, _ count: Int) -> Bool {
    text.utf8.count == count
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Verifies that one of the keys has signed the bytes with this hash.
  ///
  /// Returns the key's name. Throws `permissionDenied`: for a key that is not trusted, for bytes that were
  /// changed since, or for a signature that the key has not made.
  func verify(
    sha256: String, keys: [TrustedKey]
  ) throws(DuikouError) -> String {
    guard let trusted = keys.first(where: { $0.fingerprint == key }) else {
      let names = keys.map(\.name).joined(separator: ", ")
      throw DuikouError(
        .permissionDenied,
        "it is signed with the key \(key), which is not trusted here; trusted are: "
          + (names.isEmpty ? "none" : names))
    }
    guard sha256 == self.sha256 else {
      throw DuikouError(
        .permissionDenied,
        "it was changed after \(trusted.name) had signed it: get the signed file, or have it signed anew"
      )
    }
    guard trusted.key.isValidSignature(signature, for: Self.message(sha256)) else {
      throw DuikouError(
        .permissionDenied,
        "its signature was not made with the key of \(trusted.name): get the signature anew")
    }
    return trusted.name
  }
}
