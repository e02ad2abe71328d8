import DuikouModel

/// A file that may be a plugin: where it lies, and the hash of what is in it.
public struct PluginFile: Sendable, Hashable {
  /// The path of the dropped file.
  public let path: String
  /// SHA-256 of its bytes, 64 lower-case hexadecimal digits.
  public let sha256: String
  /// The private copy that is loaded in its place.
  public let copyPath: String
}
