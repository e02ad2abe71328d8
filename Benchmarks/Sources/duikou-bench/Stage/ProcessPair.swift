import CBench

/// This process and a child of it that share memory and nothing else.
final class ProcessPair: Sendable {
  private nonisolated(unsafe) let pointer: OpaquePointer

  /// The child ends with the calling thread: see `Keeper`.
  init(_ library: BenchLibrary) throws {
    guard let pair = bench_pair_start(library.pointer) else {
      throw Failure("a child process cannot be started")
    }
    pointer = pair
  }

  deinit { bench_pair_stop(pointer) }

  /// Nanoseconds for one call; nil where the machine has too few cores.
  func measure(_ mode: bench_pair_mode) -> Double? {
    let time = withUnsafePointer(to: mode) { bench_pair_measure(pointer, $0) }
    return time < 0 ? nil : time
  }
}
