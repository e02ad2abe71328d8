import DuikouModel
import Glibc

/// Decides whether a plugin's file may be used: a value.
public struct PluginTrust: Sendable {
  public var policy: TrustPolicy
  public var keys: [TrustedKey]
  /// The daemon's user.
  var user: UInt32

  /// By default every file is trusted: the caller has named it.
  public init(policy: TrustPolicy = .any, keys: [TrustedKey] = []) {
    self.policy = policy
    self.keys = keys
    user = geteuid()
  }

  /// `signature` is what lies in the file's signature file, nil where there is none. Returns the name of
  /// the key by which the file is signed, nil where no trusted one is. Throws `permissionDenied` with what
  /// to do.
  func check(
    _ path: String, sha256: String, file: FileOwnership, holders: [FileOwnership],
    signature: [UInt8]?
  ) throws(DuikouError) -> String? {
    switch policy {
    case .signed: return try Self.verify(path, sha256, signature, keys)
    case .owner:
      for item in holders + [file] { try item.check(as: user) }
      return signer(sha256, signature)
    case .any: return signer(sha256, signature)
    }
  }

  /// The name of the key by which a file with this hash is signed. Throws `permissionDenied` where none is
  /// trusted.
  public func signer(of path: String, sha256: String) throws(DuikouError) -> String {
    let signature = PluginSignature.bytes(beside: path)
    return try Self.verify(path, sha256, signature, keys)
  }

  private static func verify(
    _ path: String, _ sha256: String, _ signature: [UInt8]?, _ keys: [TrustedKey]
  ) throws(DuikouError) -> String {
    guard let signature else {
      throw DuikouError(
        .permissionDenied,
        "it is not signed: \(PluginSignature.path(of: path)) is missing; `duikou plugin sign` makes it"
      )
    }
    return try parse(signature).verify(sha256: sha256, keys: keys)
  }

  /// Who has signed it, for those who look.
  private func signer(_ sha256: String, _ signature: [UInt8]?) -> String? {
    signature.flatMap { try? Self.parse($0).verify(sha256: sha256, keys: keys) }
  }

  private static func parse(_ bytes: [UInt8]) throws(DuikouError) -> PluginSignature {
    guard let text = String(validating: bytes, as: UTF8.self), let known = PluginSignature(text)
    else {
      throw DuikouError(
        .permissionDenied,
        "its signature file cannot be right: make it anew with `duikou plugin sign`")
    }
    return known
  }
}

extension PluginSignature {
  /// What lies in a plugin's signature file; nil where there is none. What is too long or no file comes
  /// as no bytes, which are no signature.
  public static func bytes(beside plugin: String) -> [UInt8]? {
    let path = path(of: plugin)
    guard access(path, F_OK) == 0 else { return nil }
    return SmallFile.bytes(path) ?? []
  }
}
