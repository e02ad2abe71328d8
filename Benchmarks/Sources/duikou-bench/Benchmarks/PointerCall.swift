import CBench

/// The floor: a call by a pointer that dlsym gave.
enum PointerCall {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    Kind.allCases.map { kind in
      Measured(name: "pointer/\(kind)") { bench_pointer(stage.library.pointer, kind.number) }
    }
  }
}
