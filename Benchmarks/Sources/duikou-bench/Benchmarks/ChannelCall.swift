/// A call in a worker as C makes it: the channel alone, without the host's threads, checks and
/// accounts in Swift.
enum ChannelCall {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    Wakefulness.allCases.flatMap { state in
      Kind.allCases.map { kind in
        let bare = state == .awake ? "shm/\(kind)/spin" : "shm/\(kind)/asleep"
        return Measured(name: "channel/\(kind)/\(state)", aims: [.times(bare, atMost: nil)]) {
          stage.bareWorker.measure(kind, state, kind == .empty ? stage.empty : stage.document)
        }
      }
    }
  }
}
