import DuikouHost
import Synchronization

/// Wakes those who wait for a change of the plugins.
final class PluginNews: Sendable {
  private struct State {
    var waiting: [UInt64: AsyncStream<Void>.Continuation] = [:]
    var serial: UInt64 = 0
    /// Of the last change.
    var number = 0
  }

  private let state = Mutex(State())

  /// Says that something is different.
  func tell() {
    let waiting = state.withLock { state in
      state.number += 1
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.yield() }
  }

  /// Waits for a change behind the one with this number, or for a while: what plugins do by themselves, such
  /// as to fall into quarantine, is no news. Ends with its task. Returns the number of the last change.
  func wait(behind number: Int, atMost time: Duration) async -> Int {
    let wakes = wakes()
    guard state.withLock({ $0.number }) == number else { return state.withLock { $0.number } }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in wakes { return } }
      group.addTask { try? await Task.sleep(for: time) }
      await group.next()
      group.cancelAll()
    }
    return state.withLock { $0.number }
  }

  private func wakes() -> AsyncStream<Void> {
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
