import DuikouModel

/// What is known of one file in a plugin folder.
public struct PluginListing: Sendable {
  public enum State: String, Sendable, Codable, CaseIterable {
    /// It is being copied, or looked at.
    case arriving
    /// Its methods can be called.
    case active
    /// Another file has the same id and a higher version.
    case shadowed
    /// The operator does not want it to run.
    case disabled
    /// It is not used, for the reason given.
    case refused
    /// It is not called any more, since it failed again and again.
    case quarantined
  }

  /// The path of the dropped file.
  public var path: String
  /// SHA-256 in hex of the bytes that are used; empty when they could not be read.
  public var sha256: String
  public var state: State
  /// What its note says of it without being run; nil where a description says more.
  public var note: PluginNote?
  /// What the plugin says of itself; nil when it was not asked.
  public var description: PluginDescription?
  public var isolation: Isolation?
  /// Who has signed it; nil where nobody did whom the host knows.
  public var signer: String?
  /// Tells generations of this host apart; 0 for a file that is not run.
  public var generation = 0
  /// What it has done so far; nil for a file that is not run.
  public var activity: PluginActivity?
  /// How many documents are set aside for it, since it did not survive them.
  public var setAsideDocuments = 0
  /// Why it is not used, with what to do about it.
  public var reason: DuikouError?
  /// Why newer contents of the file are not used, while those before go on.
  public var replacement: DuikouError?
  /// SHA-256 of those, in hex; empty where they could not be read, or there are none.
  public var replacementSHA256 = ""

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

  /// The plugin's id, as far as anything says it.
  public var id: String? { description?.id ?? note?.id }

  /// The plugin's version, as far as anything says it; empty where nothing does.
  public var versionText: String { description?.versionText ?? note?.versionText ?? "" }

  /// Whether it says the same of the file as another, whatever the plugin has done meanwhile.
  func isSame(as other: PluginListing) -> Bool {
    (path, sha256, state, generation) == (other.path, other.sha256, other.state, other.generation)
      && id == other.id && signer == other.signer
      && reason?.description == other.reason?.description
      && replacement?.description == other.replacement?.description
  }
}
