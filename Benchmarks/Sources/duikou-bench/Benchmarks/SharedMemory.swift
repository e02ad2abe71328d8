import CBench

/// Two processes that share memory and nothing else: the floor of a call into a worker.
enum SharedMemory {
  private struct Variant {
    var name: String
    var sleeps: Bool
    var placement: Int
    var pause = 0
  }

  private static let variants = [
    Variant(name: "spin", sleeps: false, placement: BENCH_APART),
    Variant(name: "sleep", sleeps: true, placement: BENCH_FREE),
    Variant(name: "sleep-one-core", sleeps: true, placement: BENCH_TOGETHER),
    Variant(
      name: "asleep", sleeps: true, placement: BENCH_FREE,
      pause: Wakefulness.pauseMicroseconds),
  ]

  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    variants.flatMap { variant in
      Kind.allCases.map { kind in
        Measured(name: "shm/\(kind)/\(variant.name)") {
          stage.pair.measure(
            bench_pair_mode(
              kind: kind.number, sleeps: variant.sleeps ? 1 : 0,
              placement: Int32(variant.placement), pause_us: UInt32(variant.pause)))
        }
      }
    }
  }
}
