import CBench

/// `dkr_invoke` alone: the C side of a call in the host's process, without the Swift around it.
enum RuntimeCall {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    Kind.allCases.map { kind in
      Measured(name: "runtime/\(kind)", aims: [.times("pointer/\(kind)", atMost: nil)]) {
        let image = kind == .empty ? stage.empty : stage.document
        return image.withUnsafeBytes {
          bench_runtime(stage.library.pointer, kind.number, $0.baseAddress)
        }
      }
    }
  }
}
