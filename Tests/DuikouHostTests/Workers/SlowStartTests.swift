import DuikouModel
import Logging
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A worker that takes long to start")
struct SlowStartTests {
  private let folder: TemporaryFolder
  private let book: FailureBook
  private let runner: WorkerRunner
  private let image: Image

  init() throws {
    folder = try TemporaryFolder()
    let logger = Logger.silent
    let path = try CompiledPlugin.compile(
      CompiledPlugin.source(
        before: """
          #include <threads.h>
          static dk_status make(const dk_host *host, const dk_image *config, void **self)
          {
            struct timespec time = {100, 0};
            (void)host; (void)config; (void)self;
            thrd_sleep(&time, NULL);
            return DK_OK;
          }
          """, plugin: ", .create = make"), in: folder)
    book = FailureBook(path: "\(folder.path)/book", logger: logger)
    var limits = WorkerLimits()
    limits.startTimeout = .seconds(100)
    runner = WorkerRunner(
      PluginDescription(
        id: "cn.example.test", version: try #require(SemanticVersion("1.0.0")),
        versionText: "1.0.0", methods: [MethodDescription(name: "Test", role: .extractor)]),
      file: PluginFile(path: path, sha256: "", copyPath: path),
      program: try WorkerProgram.find(), limits: limits, failures: book, logger: logger)
    var builder = ImageBuilder()
    builder.append(document: "a".utf8, uri: "", title: "")
    image = try builder.build()
  }

  private func request(timeout: Duration? = nil) -> CallRequest {
    CallRequest(method: 0, image: image, schema: .domain, timeout: timeout)
  }

  @Test(
    "takes no longer than its call may, and is not the plugin's failure", .timeLimit(.minutes(1)))
  func deadline() async throws {
    for _ in 0..<6 {
      let error = await #expect(throws: DuikouError.self) {
        try await runner.call(request(timeout: .milliseconds(20)))
      }
      #expect(error?.code == .deadlineExceeded, "\(error?.message ?? "")")
    }
    #expect(book.quarantine == nil && !book.isChanged)
  }

  @Test("ends when nobody waits for it any more", .timeLimit(.minutes(1)))
  func cancellation() async throws {
    for pause in [0, 20] {
      let task = Task { try await runner.call(request()) }
      try await Task.sleep(for: .milliseconds(pause))
      task.cancel()
      let result = await task.result
      let error = #expect(throws: DuikouError.self) { try result.get() }
      #expect(error?.code == .cancelled, "\(error?.message ?? "")")
    }
    #expect(book.quarantine == nil && !book.isChanged)
  }
}
