import CBench

/// The same call through libffi's `ffi_call`.
enum FFICall {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    Kind.allCases.map { kind in
      Measured(name: "ffi/\(kind)", aims: [.times("pointer/\(kind)", atMost: nil)]) {
        bench_ffi(stage.library.pointer, kind.number)
      }
    }
  }
}
