import DuikouModel
import Glibc

/// Decides whether a plugin's file may be used: a value.
public struct PluginTrust: Sendable {
  public var policy: TrustPolicy
  public var keys: [TrustedKey]
  /// The daemon's user.
  public var user: UInt32

  /// By default every file is trusted: the caller has named it.
  public init(policy: TrustPolicy = .any, keys: [TrustedKey] = []) {
    self.policy = policy
    self.keys = keys
    user = geteuid()
  }

  /// `holders` are the folder in which the file lies and links to it, and `signature` what lies in its
  /// signature file, nil where there is none. Looks at nothing else.
  ///
  /// Returns the name of the key by which the file is signed, nil where no trusted one is. Throws
  /// `permissionDenied` with what to do.
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

  /// What lies in a file's signature file; nil where there is none, or where nothing depends on it and it
  /// cannot be read. Throws `permissionDenied`.
  func signature(beside path: String) throws(DuikouError) -> [UInt8]? {
    do throws(DuikouError) {
      return try PluginSignature.bytes(beside: path)
    } catch {
      guard policy != .signed else { throw error }
      return nil
    }
  }

  /// The name of the key by which a file with this hash is signed. Throws `permissionDenied` where none is
  /// trusted.
  public func signer(of path: String, sha256: String) throws(DuikouError) -> String {
    try Self.verify(path, sha256, try PluginSignature.bytes(beside: path), keys)
  }

  private static func verify(
    _ path: String, _ sha256: String, _ signature: [UInt8]?, _ keys: [TrustedKey]
  ) throws(DuikouError) -> String {
    guard let signature else {
      throw DuikouError(
        .permissionDenied,
        "it is not signed: \(PluginSignature.path(of: path)) is missing; sign it with "
          + "`duikou plugin sign`")
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
