import CBench

/// A row appended to the runtime's memory, against the same row copied to its place.
enum AppendRow {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    [
      Measured(name: "row/copy") { bench_copy() },
      Measured(name: "row/append", aims: [.times("row/copy", atMost: nil)]) {
        stage.empty.withUnsafeBytes { bench_append(stage.library.pointer, $0.baseAddress) }
      },
    ]
  }
}
