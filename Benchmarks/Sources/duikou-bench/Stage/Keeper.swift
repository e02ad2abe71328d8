import Foundation
import Synchronization

/// A thread that never ends. The kernel ends a child together with the thread that started it, and
/// the threads of Swift's pools come and go.
enum Keeper {
  /// Runs `body` on a thread of its own, which stays, and waits for the result.
  static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Value, any Error>?>(nil)
    let thread = Thread {
      let value = Result { try body() }
      result.withLock { $0 = value }
      done.signal()
      while true { sleep(.max) }
    }
    thread.start()
    done.wait()
    guard let result = result.withLock({ $0 }) else { throw Failure("the thread gave nothing") }
    return try result.get()
  }
}
