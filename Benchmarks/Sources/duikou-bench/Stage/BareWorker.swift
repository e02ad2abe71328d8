import CBench
import DuikouModel

/// A worker that C talks to, without a host around it.
final class BareWorker: Sendable {
  private nonisolated(unsafe) let pointer: OpaquePointer

  /// The worker ends with the calling thread: see `Keeper`.
  init() throws {
    guard let worker = bench_worker_start(Programs.worker, Programs.plugin) else {
      throw Failure("a worker cannot be started: is \(Programs.worker) there?")
    }
    pointer = worker
  }

  deinit { bench_worker_stop(pointer) }

  /// Nanoseconds for one call.
  func measure(_ kind: Kind, _ state: Wakefulness, _ image: Image) -> Double {
    image.withUnsafeBytes {
      bench_worker_measure(
        pointer, kind.number, $0.baseAddress, UInt64($0.count), UInt32(state.pauseMicroseconds))
    }
  }

  /// Nanoseconds from nothing to a worker that is ready.
  static func start() throws -> Double {
    let time = bench_worker_cold(Programs.worker, Programs.plugin)
    guard time >= 0 else { throw Failure("a worker cannot be started") }
    return time
  }
}
