/// The start of a go-plugin process to its first answer, and its memory.
enum GoPluginProcess {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    [
      Measured(name: "go-plugin/cold") {
        try stage.peers[.goPlugin]?.ask("start", samples: 10)
      },
      Measured(name: "go-plugin/memory", unit: .bytes) {
        try stage.peers[.goPlugin]?.ask("memory", samples: 1)
      },
    ]
  }
}
