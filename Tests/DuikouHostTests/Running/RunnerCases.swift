import DuikouModel
import TestSupport
import Testing

@testable import DuikouHost

/// The ways in which a plugin can run: every test of a call holds for each.
enum RunnerKind: String, CaseIterable, Sendable {
  case inProcess
  case worker

  var policy: IsolationPolicy { self == .inProcess ? .inProcess : IsolationPolicy() }
}

/// Tests of plugins' calls, whose plugins are compiled into a folder of their own.
protocol RunnerCases {
  var folder: TemporaryFolder { get }
}

extension RunnerCases {
  func host(_ kind: RunnerKind) -> PluginHost {
    PluginHost(cacheFolder: "\(folder.path)/cache", policy: kind.policy, logger: .silent)
  }

  func runner(_ kind: RunnerKind, _ source: String) throws -> any PluginRunner {
    let host = host(kind)
    let file = try CompiledPlugin.compile(source, in: folder)
    let listing = try #require(try host.load(files: [file]).first)
    let id = try #require(listing.description?.id, "\(listing.reason?.message ?? "")")
    return try #require(host.registry.runners[id])
  }

  func image(_ text: String = "北京市与赤峰市。") throws -> Image {
    var builder = ImageBuilder()
    builder.append(document: text.utf8, uri: "a", title: "b")
    return try builder.build()
  }

  func call(
    _ runner: any PluginRunner, timeout: Duration? = .seconds(300),
    _ configure: (inout CallRequest) -> Void = { _ in }
  ) async throws -> CallResult {
    var request = CallRequest(
      method: 0, image: try image(), schema: .domain, timeout: timeout)
    configure(&request)
    return try await runner.call(request)
  }
}
