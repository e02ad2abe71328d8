import DuikouHost
import Synchronization

/// Wakes those who wait for a change of the plugins.
final class PluginNews: Sendable {
  private struct State {
    var waiting: [UInt64: AsyncStream<Void>.Continuation] = [:]
    var serial: UInt64 = 0
  }

  private let state = Mutex(State())

  /// Says that something is different.
  func tell() {
    for continuation in state.withLock({ Array($0.waiting.values) }) { continuation.yield() }
  }

  /// An element for one or more changes that come from now on.
  func wakes() -> AsyncStream<Void> {
    AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      let serial = state.withLock { state in
        state.serial += 1
        state.waiting[state.serial] = continuation
        return state.serial
      }
      continuation.onTermination = { _ in
        self.state.withLock { $0.waiting[serial] = nil }
      }
    }
  }
}
