/// Which plugins run where, and what must protect the host from those in workers.
public struct IsolationPolicy: Sendable {
  /// SHA-256, in hex, of the files that run in the host's own process.
  public var pinned: Set<String> = []
  /// Whether all plugins run in the host's own process.
  public var pinsAll = false
  /// Protections that a worker must have, by their names in `duikou doctor`.
  public var required: [String] = []
  public var limits = WorkerLimits()

  /// Every plugin in a worker.
  public init() {}

  /// Every plugin in the host's own process.
  public static var inProcess: IsolationPolicy {
    var policy = IsolationPolicy()
    policy.pinsAll = true
    return policy
  }

  func isPinned(_ sha256: String) -> Bool { pinsAll || pinned.contains(sha256) }
}
