import GRPCCore
import Synchronization

/// Whether the daemon is stopping, and what that means for calls that run.
///
/// gRPC tells a stopping server's calls that they are cancelled, as if their clients were gone. A
/// call of ours ends when its client is gone, and goes on while the daemon only waits for it.
final class Drain: Sendable {
  private let isSet = Atomic(false)

  /// Notes that the daemon stops.
  func begin() { isSet.store(true, ordering: .sequentiallyConsistent) }

  var hasBegun: Bool { isSet.load(ordering: .sequentiallyConsistent) }

  /// Runs `body` in a task that ends when the client is gone or the surrounding task is cancelled.
  func whileWanted<Value: Sendable>(
    by context: ServerContext, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    // A task of its own leaves the executor of the surrounding one unless it is told.
    let executor = withUnsafeCurrentTask { $0?.unownedTaskExecutor?.asTaskExecutor() }
    let task = Task(executorPreference: executor) { try await body() }
    return try await withTaskCancellationHandler {
      try await withRPCCancellationHandler {
        try await task.value
      } onCancelRPC: {
        if !self.hasBegun { task.cancel() }
      }
    } onCancel: {
      task.cancel()
    }
  }
}
