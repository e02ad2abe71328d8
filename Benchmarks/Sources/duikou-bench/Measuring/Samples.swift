import CDuikouRuntime
import Glibc

/// The median of nanoseconds that one call takes on this thread, each timed for itself.
func medianTime(
  samples: Int, pauseMicroseconds: Int = 0, _ body: () throws -> Void
) throws -> Double {
  try body()
  var times: [Double] = []
  times.reserveCapacity(samples)
  for _ in 0..<samples {
    if pauseMicroseconds > 0 { usleep(UInt32(pauseMicroseconds)) }
    times.append(try timeOnce(body))
  }
  return times.median
}

/// The same for calls that a task awaits.
func medianTaskTime(samples: Int, _ body: () async throws -> Void) async throws -> Double {
  try await body()
  var times: [Double] = []
  times.reserveCapacity(samples)
  for _ in 0..<samples {
    let start = dkr_now_ns()
    try await body()
    times.append(Double(dkr_now_ns() - start))
  }
  return times.median
}

/// Nanoseconds that one call takes.
func timeOnce(_ body: () throws -> Void) throws -> Double {
  let start = dkr_now_ns()
  try body()
  return Double(dkr_now_ns() - start)
}

extension Array where Element == Double {
  /// The middle value; 0 where there is none.
  var median: Double {
    guard !isEmpty else { return 0 }
    let sorted = sorted()
    let middle = count / 2
    return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
