import DuikouModel
import Logging
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A pool of workers")
struct WorkerPoolTests {
  private let folder: TemporaryFolder
  private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  init() throws { folder = try TemporaryFolder() }

  private func pool(_ source: String) throws -> WorkerPool {
    let path = try CompiledPlugin.compile(source, in: folder)
    return WorkerPool(
      program: try WorkerProgram.find(), file: PluginFile(path: path, sha256: "", copyPath: path),
      limits: WorkerLimits(), label: "test", logger: logger,
      threads: BlockingThreads(name: "test", width: 1))
  }

  private func take(_ pool: WorkerPool) throws -> WorkerProcess {
    try pool.take(for: RunningCall(), before: nil)
  }

  @Test("does not keep a worker that was killed, also before its end is known")
  func killed() throws {
    let pool = try pool(CompiledPlugin.source())
    let worker = try take(pool)
    pool.giveBack(worker, inputBytes: 0, outputBytes: 0)
    #expect(try take(pool) === worker)
    worker.kill()
    #expect(worker.hasEnded)
    pool.giveBack(worker, inputBytes: 0, outputBytes: 0)
    #expect(try take(pool) !== worker)
    pool.close()
  }
}
