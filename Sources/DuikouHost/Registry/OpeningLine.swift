import Dispatch
import Synchronization

/// Opens files on threads of its own, a few at once: one plugin that takes long to start holds up no
/// other.
final class OpeningLine: Sendable {
  private struct State {
    var jobs: [@Sendable () -> Void] = []
    var next = 0
    var running = 0
  }

  private let width: Int
  private let threads = BlockingThreads(name: "duikou.opening", width: 1)
  private let state = Mutex(State())
  private let unfinished = DispatchGroup()

  init(width: Int) { self.width = width }

  /// Runs a job when its turn comes.
  func add(_ job: @escaping @Sendable () -> Void) {
    unfinished.enter()
    let isStarted = state.withLock { state in
      state.jobs.append(job)
      guard state.running < width else { return false }
      state.running += 1
      return true
    }
    if isStarted { threads.perform { self.run() } }
  }

  /// Returns when all jobs are done, those that they have added included.
  func wait() { unfinished.wait() }

  private func run() {
    while let job = next() {
      job()
      unfinished.leave()
    }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard state.next < state.jobs.count else {
        state.running -= 1
        state.jobs = []
        state.next = 0
        return nil
      }
      defer { state.next += 1 }
      return state.jobs[state.next]
    }
  }
}
