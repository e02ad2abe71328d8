import CBenchWork
import DuikouModel

/// From the call that crashes its worker to the end of the next one that is served.
enum CrashedWorker {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    [
      Measured(name: "worker/crash", aims: [.times("worker/cold", atMost: nil)]) {
        var times: [Double] = []
        for _ in 0..<10 { times.append(try recover(stage)) }
        return times.median
      }
    ]
  }

  private static func recover(_ stage: Stage) throws -> Double {
    try timeOnce {
      do {
        try stage.crashing.call(Int(BENCH_CRASH), stage.empty, rows: 0)
      } catch let error as DuikouError where error.code == .unavailable {
        return try stage.crashing.callEmpty(stage.empty)
      }
      throw Failure("the worker did not crash")
    }
  }
}
