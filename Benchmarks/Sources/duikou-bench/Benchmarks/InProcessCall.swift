/// A call in the host's process through the registry's runner, its rows copied and checked.
enum InProcessCall {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    [
      Measured(name: "in-process/empty", aims: [.times("ffi/empty", atMost: 5)]) {
        try medianTime(samples: 5000) { try stage.inProcess.callEmpty(stage.empty) }
      },
      Measured(name: "in-process/doc", aims: [.times("pointer/doc", atMost: 1.2)]) {
        try medianTime(samples: 2000) { try stage.inProcess.callDocuments(stage.document) }
      },
    ]
  }
}
