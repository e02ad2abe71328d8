import Crypto
import DuikouModel
import Foundation

/// A signature that lies beside a plugin's file, under its name with `.sig` behind: which key has signed
/// which bytes.
///
///     duikou-signature: 1
///     key: 0123456789abcdef
///     sha256: (64 hexadecimal digits of the plugin's file)
///     signature: (base64 of the Ed25519 signature)
///
/// What is signed are the bytes of `duikou plugin signature 1`, a line feed, the 64 digits and a line feed:
/// not the hash alone, so that no signature made for something else serves here. The file is ASCII, of these
/// four lines in this order and nothing else, each ended by a line feed.
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

  /// Reads a signature file's text; nil for what is none, to the byte.
  init?(_ text: String) {
    let lines = text.split(separator: "\n")
    let names = ["duikou-signature: ", "key: ", "sha256: ", "signature: "]
    guard lines.count == names.count, zip(lines, names).allSatisfy({ $0.hasPrefix($1) }) else {
      return nil
    }
    let values = zip(lines, names).map { String($0.dropFirst($1.count)) }
    guard Self.isHexadecimal(values[1], 16), Self.isHexadecimal(values[2], 64),
      let signature = Data(base64Encoded: values[3]), signature.count == 64
    else { return nil }
    self.init(key: values[1], sha256: values[2], signature: signature)
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
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
  /// Returns the key's name. Throws `permissionDenied`: for a key that is not trusted, for a signature that the
  /// key has not made, or for bytes that were changed since.
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
    // Only then is it known that they have signed what the file says.
    guard trusted.key.isValidSignature(signature, for: Self.message(self.sha256)) else {
      throw DuikouError(
        .permissionDenied,
        "its signature was not made with the key of \(trusted.name), or was changed since: get the "
          + "signature anew")
    }
    guard sha256 == self.sha256 else {
      throw DuikouError(
        .permissionDenied,
        "it was changed after \(trusted.name) had signed it: get the signed file, or have it signed anew"
      )
    }
    return trusted.name
  }
}

extension PluginSignature {
  /// What lies in a plugin's signature file; nil where there is none. Never waits. Throws
  /// `permissionDenied` for what cannot be read, or is no file of at most 4 KiB.
  public static func bytes(beside plugin: String) throws(DuikouError) -> [UInt8]? {
    let path = path(of: plugin)
    do throws(DuikouError) {
      return try SmallFile(path).bytes
    } catch {
      guard error.code != .notFound else { return nil }
      throw DuikouError(
        .permissionDenied, "its signature cannot be read: \(path) \(error.message)")
    }
  }
}
