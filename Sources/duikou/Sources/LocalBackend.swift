import DuikouHost
import DuikouModel
import DuikouPipeline
import Foundation
import Logging
import Synchronization

/// Runs the plugins in this program.
final class LocalBackend: Backend {
  private let host: PluginHost
  private let pipeline: Pipeline
  private let analyses = Mutex<[String: Analysis]>([:])

  init(
    folders: [String], policy: IsolationPolicy, limits: Limits
  ) throws(DuikouError) {
    host = Self.makeHost(policy)
    try host.load(folders: folders)
    pipeline = Pipeline(host: host, limits: limits)
  }

  /// Describes a file without using it.
  static func describe(file: String) throws(DuikouError) -> PluginListing {
    try makeHost(IsolationPolicy()).describe(file: file)
  }

  func analyze(_ source: DocumentSource) async throws(DuikouError) -> DocumentResult {
    let analysis = try await pipeline.analyze(source)
    analyses.withLock { $0[source.sha256] = analysis }
    return DocumentResult(
      id: source.sha256, uri: source.uri, title: analysis.title, records: analysis.records(),
      failures: analysis.failures)
  }

  func render(
    format: String, of results: [DocumentResult], language: Language,
    write: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws(DuikouError) {
    let kept = analyses.withLock { $0 }
    try await pipeline.render(
      format: format, analyses: results.compactMap { kept[$0.id] },
      language: language.rawValue, write: write)
  }

  func formats() async throws(DuikouError) -> [ReportFormat] { pipeline.formats }

  func plugins() async throws(DuikouError) -> [PluginInfo] {
    host.listings.map(PluginInfo.init)
  }

  func release(plugin id: String) async throws(DuikouError) { try host.release(id) }

  func close() async {}

  private static func makeHost(_ policy: IsolationPolicy) -> PluginHost {
    var logger = Logger(label: "duikou") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .error
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? "\(environment["HOME"] ?? NSTemporaryDirectory())/.cache"
    return PluginHost(
      cacheFolder: "\(cache)/duikou/plugins", policy: policy, logger: logger)
  }
}
