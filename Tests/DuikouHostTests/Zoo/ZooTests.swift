import CDuikou
import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

/// Hostile plugins against the host as it is shipped. What they try is in the tables.
@Suite("A host with a hostile plugin", .serialized)
struct ZooTests {
  private let folder: TemporaryFolder
  private let host: PluginHost

  init() throws {
    folder = try TemporaryFolder()
    var policy = IsolationPolicy()
    policy.limits.startTimeout = .milliseconds(1500)
    policy.limits.outputBytes = 64 << 20
    host = PluginHost(
      cacheFolder: "\(folder.path)/cache", policy: policy,
      logger: .silent)
  }

  private func image() throws -> Image {
    var builder = ImageBuilder()
    builder.append(document: "北京市与赤峰市。".utf8, uri: "a", title: "b")
    return try builder.build()
  }

  /// How the specimen's call ends; nil where it ends well.
  private func outcome(of specimen: Specimen, _ image: Image) async throws -> DuikouError? {
    let file = try specimen.compile(in: folder, named: "libspecimen")
    let listing = try #require(try host.load(files: [file]).first)
    guard let runner = host.registry.runners["cn.example.specimen"] else { return listing.reason }
    do throws(DuikouError) {
      _ = try await runner.call(
        CallRequest(method: 0, image: image, schema: .domain, timeout: .seconds(1)))
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "goes on, with its input as it was, and says what happened", .timeLimit(.minutes(3)),
    arguments: Specimen.crashes + Specimen.hangs + Specimen.escapes + Specimen.lies
      + Specimen.harmless + Specimen.early)
  func specimen(_ specimen: Specimen) async throws {
    let image = try image()
    let before = image.withUnsafeBytes { Array($0) }
    let error = try await outcome(of: specimen, image)
    let code = error?.code ?? .ok
    #expect(specimen.codes.contains(code), "\(code): \(error?.message ?? "")")
    #expect(
      specimen.word.isEmpty || error?.message.contains(specimen.word) == true,
      "\(error?.message ?? "it succeeded")")
    #expect(image.withUnsafeBytes { Array($0) } == before)
    try await expectService(image)
  }

  /// Another plugin is loaded and served as if nothing had happened.
  private func expectService(_ image: Image) async throws {
    let file = try CompiledPlugin.compile(
      CompiledPlugin.source(
        id: "cn.example.good",
        body: "return call->append(call, DK_PLACE, 3, NULL) ? DK_OK : DK_INTERNAL;"),
      named: "libgood.so", in: folder)
    try host.load(files: [file])
    let runner = try #require(host.registry.runners["cn.example.good"])
    let result = try await runner.call(
      CallRequest(method: 0, image: image, schema: .domain, timeout: .seconds(5)))
    #expect(result.rowCount == 3)
  }

  @Test("has no process left over")
  func processes() async throws {
    for _ in 0..<100 where !Self.strays().isEmpty { try await Task.sleep(for: .milliseconds(50)) }
    #expect(Self.strays() == [])
  }

  /// Workers that live on without a host, and children of this process that nobody has reaped. The
  /// dead of other hosts are for the system to reap.
  private static func strays() -> [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.filter { entry in
      guard Int(entry) != nil else { return false }
      let status = ProcFile.text("/proc/\(entry)/status").split(separator: "\n")
      let isWorker = status.first == "Name:\tduikou-worker"
      let isDead = status.contains { $0.hasPrefix("State:\tZ") }
      let parent = isDead ? getpid() : 1
      return isWorker && status.contains("PPid:\t\(parent)")
    }
  }
}
