/// The same calls made by a task of Swift's, as the daemon makes them: the task waits while a thread
/// of the plugin's makes the call.
enum TaskCall {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    Kind.allCases.flatMap { kind in
      let image = kind == .empty ? stage.empty : stage.document
      return [
        Measured(
          name: "in-process/\(kind)/task", aims: [.times("in-process/\(kind)", atMost: nil)]
        ) {
          try await medianTaskTime(samples: 1000) {
            try await stage.inProcess.callInTask(kind, image)
          }
        },
        Measured(
          name: "worker/\(kind)/task", aims: [.times("worker/\(kind)/awake", atMost: nil)]
        ) {
          try await medianTaskTime(samples: 1000) {
            try await stage.isolated.callInTask(kind, image)
          }
        },
      ]
    }
  }
}
