import DuikouHost

/// Memory of a worker that has served a document and waits.
enum WorkerMemory {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    [
      Measured(
        name: "worker/memory", unit: .bytes,
        aims: [.better(than: "go-plugin/memory", atLeast: 10)]
      ) {
        let before = Set(ChildProcesses.ids(named: name))
        let plugin = try HostedPlugin(
          policy: IsolationPolicy(), cache: "\(stage.scratch.path)/isolated")
        try plugin.callDocuments(stage.document)
        let new = ChildProcesses.ids(named: name).filter { !before.contains($0) }
        let size = new.first.flatMap { ChildProcesses.proportionalSize(of: $0) }
        plugin.runner.close()
        return size
      }
    ]
  }

  private static let name = "duikou-worker"
}
