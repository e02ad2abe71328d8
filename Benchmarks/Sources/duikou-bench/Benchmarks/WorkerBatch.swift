/// One call for many documents in one image; the time is that of one document.
enum WorkerBatch {
  static let count = 64

  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    [
      Measured(
        name: "worker/doc/batch-\(count)",
        aims: [.times("worker/doc/awake", atMost: nil), .times("pointer/doc", atMost: nil)]
      ) {
        let image = try Images.batch(count)
        let time = try medianTime(samples: 100) {
          try stage.isolated.callDocuments(image, count: count)
        }
        return time / Double(count)
      }
    ]
  }
}
