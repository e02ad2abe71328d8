import Synchronization

/// Counts how many of some things go on at once.
final class Meter: Sendable {
  private struct State {
    var running: Set<Int> = []
    var most = 0
  }

  private let state = Mutex(State())

  /// The most that have gone on at once.
  var most: Int { state.withLock { $0.most } }

  /// Notes that a thing begins, or ends where it has begun.
  func toggle(_ thing: Int) {
    state.withLock { state in
      if state.running.remove(thing) == nil { state.running.insert(thing) }
      state.most = max(state.most, state.running.count)
    }
  }
}
