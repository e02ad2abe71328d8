import Dispatch
import Foundation
import Synchronization

/// The thread that starts workers. It never ends: the kernel ends a worker together with the thread
/// that started it, so that no worker outlives the host.
final class Spawner: Sendable {
  static let shared = Spawner()

  /// What the thread is to do, in order.
  private final class Queue: Sendable {
    private let jobs = Mutex<[@Sendable () -> Void]>([])
    private let ready = DispatchSemaphore(value: 0)

    func add(_ job: @escaping @Sendable () -> Void) {
      jobs.withLock { $0.append(job) }
      ready.signal()
    }

    func next() -> (@Sendable () -> Void)? {
      ready.wait()
      return jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
  }

  private let queue = Queue()

  private init() {
    let queue = queue
    let thread = Thread { while true { queue.next()?() } }
    thread.name = "duikou.spawner"
    thread.start()
  }

  /// Runs `body` on the thread and waits for it. Never called from the cooperative pool.
  func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Value?>(nil)
    queue.add {
      let value = body()
      result.withLock { $0 = value }
      done.signal()
    }
    done.wait()
    guard let value = result.withLock({ $0 }) else {
      preconditionFailure("the spawner has signalled without a result")
    }
    return value
  }
}
