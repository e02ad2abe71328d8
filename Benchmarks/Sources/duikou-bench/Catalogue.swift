/// All benchmarks, in the order of the table: yardsticks, Duikou, peers.
enum Catalogue {
  static func all(_ stage: Stage) -> [any Benchmark] {
    [
      PointerCall.benchmarks(stage), FFICall.benchmarks(stage), SharedMemory.benchmarks(stage),
      AppendRow.benchmarks(stage), RuntimeCall.benchmarks(stage), InProcessCall.benchmarks(stage),
      ChannelCall.benchmarks(stage),
      WorkerCall.benchmarks(stage), TaskCall.benchmarks(stage), WorkerReading.benchmarks(stage),
      WorkerBatch.benchmarks(stage), ColdWorker.benchmarks(stage),
      CrashedWorker.benchmarks(stage), WorkerMemory.benchmarks(stage),
      Transcoding.benchmarks(stage),
      ServerCall.benchmarks(stage), PeerCall.benchmarks(stage),
      GoPluginProcess.benchmarks(stage),
    ].flatMap { $0 }
  }

  /// Those whose names begin with one of `prefixes`, and what they are compared with.
  static func chosen(_ prefixes: [String], from all: [any Benchmark]) -> [any Benchmark] {
    guard !prefixes.isEmpty else { return all }
    let chosen = all.filter { benchmark in prefixes.contains { benchmark.name.hasPrefix($0) } }
    let yardsticks = Set(chosen.flatMap { $0.aims.compactMap(\.yardstick) })
    let names = yardsticks.union(chosen.map(\.name))
    return all.filter { names.contains($0.name) }
  }
}
