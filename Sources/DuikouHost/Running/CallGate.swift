import Dispatch
import Synchronization

/// Lets at most a number of calls in at once; the others wait in line.
final class CallGate: Sendable {
  private struct State {
    var free: Int
    /// What lets those in who wait.
    var waiting: [@Sendable () -> Void] = []
  }

  private let state: Mutex<State>

  init(width: Int) { state = Mutex(State(free: width)) }

  func enter() async {
    await withCheckedContinuation { continuation in enter { continuation.resume() } }
  }

  /// Enters on a thread that may block.
  func enterBlocking() {
    let entered = DispatchSemaphore(value: 0)
    enter { entered.signal() }
    entered.wait()
  }

  private func enter(_ proceed: @escaping @Sendable () -> Void) {
    let isFree = state.withLock { state in
      guard state.free > 0 else {
        state.waiting.append(proceed)
        return false
      }
      state.free -= 1
      return true
    }
    if isFree { proceed() }
  }

  func leave() {
    let next = state.withLock { state in
      guard state.waiting.isEmpty else {
        return state.waiting.removeFirst() as (@Sendable () -> Void)?
      }
      state.free += 1
      return nil
    }
    next?()
  }
}
