import DuikouModel
import Foundation
import Logging
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A host that cannot start its workers", .serialized)
struct WorkerRunnerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("does not blame the plugin, and loses no descriptor")
  func missingProgram() async throws {
    let logger = Logger.silent
    let path = try folder.write("a.so", [0])
    let book = FailureBook(path: "\(folder.path)/book", logger: logger)
    let runner = WorkerRunner(
      PluginDescription(
        id: "cn.example.test", version: try #require(SemanticVersion("1.0.0")),
        versionText: "1.0.0", methods: [MethodDescription(name: "Test", role: .extractor)]),
      file: PluginFile(path: path, sha256: "", copyPath: path),
      program: WorkerProgram(path: "/nonexistent/duikou-worker", libraries: []),
      limits: WorkerLimits(), failures: book, logger: logger)
    var builder = ImageBuilder()
    builder.append(document: "a".utf8, uri: "", title: "")
    let request = CallRequest(method: 0, image: try builder.build(), schema: .domain)
    for _ in 0..<300 {
      let error = await #expect(throws: DuikouError.self) { try await runner.call(request) }
      #expect(error?.code == .unavailable && error?.message.contains("/nonexistent") == true)
    }
    #expect(book.quarantine == nil)
    // Other tests' workers go; what is lost stays.
    for _ in 0..<3000 where Self.pipes() > Self.allowed {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(Self.pipes() <= Self.allowed)
  }

  /// What other tests' workers may hold at the same time; a leak would be six hundred.
  private static let allowed = 550

  private static func pipes() -> Int {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return entries.count { entry in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(entry)"))?
        .hasPrefix("pipe:") == true
    }
  }
}
