import CBenchWork
import CDuikou
import DuikouHost
import DuikouModel

/// A call in a worker, and then what a pipeline does with the rows: they are joined to their image,
/// and every field of every row is read.
enum WorkerReading {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    let aims = Peer.allCases.map { Aim.better(than: "\($0)/doc/awake", atLeast: nil) }
    return [
      Measured(name: "worker/doc/joined", aims: aims) {
        try medianTime(samples: 500) {
          let result = try stage.isolated.callDocuments(stage.document)
          let sum = try read(result, stage)
          guard sum > 0 else { throw Failure("nothing was read") }
        }
      }
    ]
  }

  private static func read(_ result: CallResult, _ stage: Stage) throws -> UInt64 {
    let run = Image.Run(
      plugin: "org.duikou.bench", version: "1.0.0", method: "Document", status: .ok, message: "",
      elapsedNanoseconds: result.elapsedNanoseconds)
    let image = try stage.document.extended(
      by: [.init(deltas: result.deltas, run: run)], schema: stage.isolated.schema)
    return image.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      let pool = base.load(as: dk_image.self).pool_off
      return image.rows(bench_record.self).reduce(0) { sum, record in
        let name = base + Int(pool) + Int(record.name.off)
        return sum
          &+ withUnsafePointer(to: record) {
            bench_read($0, name.assumingMemoryBound(to: CChar.self))
          }
      }
    }
  }
}
