/// A call in a worker through the registry's runner, its rows copied and checked.
enum WorkerCall {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    Wakefulness.allCases.flatMap { state in
      [
        Measured(name: "worker/empty/\(state)", aims: emptyAims(state)) {
          try medianTime(samples: state.samples, pauseMicroseconds: state.pauseMicroseconds) {
            try stage.isolated.callEmpty(stage.empty)
          }
        },
        Measured(name: "worker/doc/\(state)", aims: docAims(state)) {
          try medianTime(samples: state.samples, pauseMicroseconds: state.pauseMicroseconds) {
            try stage.isolated.callDocuments(stage.document)
          }
        },
      ]
    }
  }

  private static func emptyAims(_ state: Wakefulness) -> [Aim] {
    let bare: Aim =
      state == .awake
      ? .times("shm/empty/spin", atMost: 2) : .times("shm/empty/asleep", atMost: 1.5)
    return [bare] + Peer.allCases.map { .better(than: "\($0)/empty/\(state)", atLeast: nil) }
  }

  private static func docAims(_ state: Wakefulness) -> [Aim] {
    let bound: Double = state == .awake ? 100 : 30
    let bare = state == .awake ? "shm/doc/spin" : "shm/doc/asleep"
    return [.times(bare, atMost: nil)]
      + Peer.allCases.map { .better(than: "\($0)/doc/\(state)", atLeast: bound) }
  }
}
