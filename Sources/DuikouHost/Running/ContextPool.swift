import CDuikouRuntime
import Synchronization

/// Memory for calls, used again and again: mapping it anew costs more than most calls.
final class ContextPool: Sendable {
  private struct Idle: @unchecked Sendable {
    var contexts: [OpaquePointer] = []
  }

  /// Idle contexts that are kept; more calls than that at once map their own.
  private static let keep = 8
  private let idle = Mutex(Idle())

  deinit {
    idle.withLock { $0.contexts.forEach { dkr_context_destroy($0) } }
  }

  /// A context for one call; nil when the system has no memory for another.
  func take() -> OpaquePointer? {
    if let idle = idle.withLock({ $0.contexts.popLast() }) { return idle }
    var limits = dkr_limits(
      rows_size: 1 << 30, pool_size: 1 << 30, scratch_size: 256 << 20)
    return dkr_context_create(&limits)
  }

  func giveBack(_ context: OpaquePointer) {
    let kept = idle.withLock { idle in
      guard idle.contexts.count < Self.keep else { return false }
      idle.contexts.append(context)
      return true
    }
    if !kept { dkr_context_destroy(context) }
  }
}
