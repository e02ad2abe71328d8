import DuikouModel
import Logging
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A pool of workers")
struct WorkerPoolTests {
  private let folder: TemporaryFolder
  private let logger = Logger.silent

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

  @Test(
    "blames the plugin that ends its worker in create, whatever the status", arguments: [64, 71])
  func exits(status: Int) throws {
    let pool = try pool(
      CompiledPlugin.source(
        before: """
          #include <stdlib.h>
          static dk_status make(const dk_host *host, const dk_image *config, void **self)
          { (void)host; (void)config; (void)self; _Exit(\(status)); }
          """, plugin: ", .create = make"))
    let error = #expect(throws: StartFailure.self) { try take(pool) }
    guard case .plugin? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("gives back the memory of a call that has used much, also of one that failed")
  func trim() throws {
    let runner = WorkerRunner(
      PluginDescription(
        id: "cn.example.test", version: try #require(SemanticVersion("1.0.0")),
        versionText: "1.0.0",
        methods: [
          MethodDescription(
            name: "Test", role: .extractor,
            uses: [
              .init(
                type: 16, rowSize: 72, isRequired: false, reads: false, writes: true)
            ])
        ]), file: PluginFile(path: "", sha256: "", copyPath: ""),
      program: try WorkerProgram.find(), limits: WorkerLimits(),
      failures: FailureBook(path: "\(folder.path)/book", logger: logger), logger: logger)
    let pool = try pool(
      CompiledPlugin.source(
        before: "#include <string.h>",
        body: """
          void *rows = call->append(call, DK_PLACE, 400000, NULL);
          if (rows) memset(rows, 1, 400000 * sizeof(dk_place));
          return call->fail(call, DK_NOT_FOUND, "no", 2);
          """))
    let worker = try take(pool)
    runner.adopt(worker)
    var builder = ImageBuilder()
    builder.append(document: "a".utf8, uri: "", title: "")
    let request = CallRequest(method: 0, image: try builder.build(), schema: .domain)
    let error = #expect(throws: DuikouError.self) { try runner.callBlocking(request) }
    #expect(error?.code == .notFound)
    #expect(!worker.hasEnded && worker.heldBytes <= 2 * WorkerProcess.keptBytes)
  }
}
