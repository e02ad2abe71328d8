import DuikouHost

/// A worker that is not there yet: started, put into its sandbox, and asked for the first time.
enum ColdWorker {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    [
      Measured(name: "channel/cold") { try BareWorker.start() },
      Measured(
        name: "worker/cold",
        aims: [.atMost(2_000_000), .better(than: "go-plugin/cold", atLeast: 10)]
      ) {
        var times: [Double] = []
        for _ in 0..<10 { times.append(try await first(stage)) }
        return times.median
      },
    ]
  }

  /// The time of the first call on a host that knows the plugin's description already, and so has
  /// no worker yet.
  private static func first(_ stage: Stage) async throws -> Double {
    let plugin = try HostedPlugin(
      policy: IsolationPolicy(), cache: "\(stage.scratch.path)/isolated")
    let time = try timeOnce { try plugin.callEmpty(stage.empty) }
    plugin.runner.close()
    return time
  }
}
