import DuikouModel

/// What is known of one file in a plugin folder.
public struct PluginListing: Sendable {
  public enum State: String, Sendable, Codable {
    /// Its methods can be called.
    case active
    /// Another file has the same id and a higher version.
    case shadowed
    /// It is not used, for the reason given.
    case refused
    /// It is not called any more, since it failed again and again.
    case quarantined
  }

  /// The path of the dropped file.
  public var path: String
  /// SHA-256 of its bytes in hex; empty when it could not be read.
  public var sha256: String
  public var state: State
  /// What the plugin says of itself; nil when it could not be asked.
  public var description: PluginDescription?
  public var isolation: Isolation?
  /// How many documents are set aside for it, since it did not survive them.
  public var setAsideDocuments = 0
  /// Why it is not used, with what to do about it.
  public var reason: DuikouError?

  public init(
    path: String, sha256: String = "", state: State, description: PluginDescription? = nil,
    isolation: Isolation? = nil, reason: DuikouError? = nil
  ) {
    self.path = path
    self.sha256 = sha256
    self.state = state
    self.description = description
    self.isolation = isolation
    self.reason = reason
  }
}
