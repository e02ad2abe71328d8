import Dispatch
import DuikouModel
import Synchronization

/// The worker that a call starts or runs in, while it does: what a cancellation reaches.
final class RunningCall: Sendable {
  private struct State {
    var worker: WorkerProcess?
    var isCancelled = false
    var isCut = false
  }

  private let state = Mutex(State())
  private static let grace = DispatchTimeInterval.milliseconds(50)

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Whether the host has ended it.
  var isCut: Bool { state.withLock { $0.isCut } }

  /// Returns false where the call was cancelled before.
  func began(_ worker: WorkerProcess) -> Bool {
    state.withLock { state in
      guard !state.isCancelled else { return false }
      state.worker = worker
      return true
    }
  }

  /// Called before the worker is given back: nothing reaches it any more.
  func ended() { state.withLock { $0.worker = nil } }

  /// Ends the call at once: the host has no more time for it.
  func cut() {
    state.withLock { state in
      state.isCancelled = true
      state.isCut = true
      state.worker?.kill()
    }
  }

  /// Tells the plugin, and kills the worker where it does not listen.
  func cancel() {
    let isRunning = state.withLock { state in
      state.isCancelled = true
      state.worker?.cancel()
      return state.worker != nil
    }
    guard isRunning else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace) {
      self.state.withLock { $0.worker?.kill() }
    }
  }
}

extension DuikouError {
  static let callCancelled = DuikouError(.cancelled, "the call was cancelled")
}
