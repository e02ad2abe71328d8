import DuikouHost
import DuikouModel
import DuikouPipeline
import DuikouTerminal
import Foundation
import Logging
import Synchronization

/// Runs the plugins in this program.
final class LocalBackend: Backend {
  private let folders: [String]
  private let host: PluginHost
  private let pipeline: Pipeline
  /// By the documents' hashes: what reports are made of. Nil where none are wanted.
  private let analyses: Mutex<[String: Analysis]>?

  /// `sections` are those of a configuration file, by the plugins' ids; one that no plugin reads is told on standard
  /// error. Throws where a plugin cannot be used with its section. Without `makesReports` no analysis is kept for them.
  init(
    folders: [String], policy: IsolationPolicy, limits: Limits,
    sections: [String: PluginSection] = [:], makesReports: Bool = false
  ) throws(DuikouError) {
    self.folders = folders
    analyses = makesReports ? Mutex([:]) : nil
    host = Self.makeHost(policy)
    host.disable(Self.disabled(in: folders))
    host.configure(sections, environment: ProcessInfo.processInfo.environment)
    try host.load(folders: folders)
    try Self.check(sections, host.listings)
    for section in UnusedSection.all(in: sections, for: host.listings.compactMap(\.description)) {
      Terminal.standardError.write(foreign: "\(section.message)\n")
    }
    pipeline = Pipeline(host: host, limits: limits)
  }

  private static func check(
    _ sections: [String: PluginSection], _ listings: [PluginListing]
  ) throws(DuikouError) {
    for listing in listings where listing.state == .refused {
      guard let id = listing.id, sections[id] != nil, let reason = listing.reason else { continue }
      throw DuikouError(reason.code, "\(id) is not used: \(reason.message)")
    }
  }

  /// Describes a file without using it.
  static func describe(file: String) throws(DuikouError) -> PluginListing {
    try makeHost(IsolationPolicy()).describe(file: file)
  }

  func analyze(
    _ sources: [DocumentSource], withRecords: Bool, onDone: @escaping @Sendable (Int) -> Void
  ) async -> [Result<DocumentResult, DuikouError>] {
    let results = Mutex<[Int: Result<DocumentResult, DuikouError>]>([:])
    // An analysis whose records nobody wants is let go at once.
    await pipeline.analyze(sources) { index, analysis in
      let found = analysis.map { result(of: sources[index], $0, withRecords: withRecords) }
      results.withLock { $0[index] = found }
      onDone(index)
    }
    let found = results.withLock { $0 }
    return sources.indices.map { found[$0] ?? .failure(DocumentResult.missing) }
  }

  private func result(
    of source: DocumentSource, _ analysis: Analysis, withRecords: Bool
  ) -> DocumentResult {
    analyses?.withLock { $0[source.sha256] = analysis }
    var result = DocumentResult(
      id: source.sha256, uri: source.uri, title: analysis.title, counts: analysis.recordCounts,
      records: { [] }, failures: analysis.failures)
    if withRecords { result.records = { analysis.records() } }
    return result
  }

  func render(
    format: String, of results: [DocumentResult], language: Language,
    write: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws(DuikouError) {
    let kept = analyses?.withLock { $0 } ?? [:]
    try await pipeline.render(
      format: format, analyses: results.compactMap { kept[$0.id] },
      language: language.rawValue, write: write)
  }

  func formats() async throws(DuikouError) -> [ReportFormat] { pipeline.formats }

  func overview() async throws(DuikouError) -> PluginOverview {
    PluginOverview(plugins: host.listings.map(PluginInfo.init))
  }

  func install(plugin: Data, signature: [UInt8]) async throws(DuikouError) -> PluginInfo {
    let installation = try PluginInstallation(in: folders[0])
    try installation.write(plugin)
    let path = try installation.finish(signature: Data(signature), host: host)
    try host.load(folders: folders)
    guard let listing = host.listings.first(where: { $0.path == path }) else {
      throw DuikouError(.aborted, "\(path) was removed as soon as it was there")
    }
    return PluginInfo(listing)
  }

  func set(plugin id: String, isDisabled: Bool) async throws(DuikouError) {
    let lists = folders.map(DisabledList.init(ofFolder:))
    // One list is enough to keep it from running; none may have it that is to run.
    for list in isDisabled ? [lists[0]] : lists { try list.set(id, isDisabled: isDisabled) }
  }

  func watch(
    _ body: @escaping @Sendable (_ change: String, PluginInfo) -> Void
  ) async throws(DuikouError) {
    for listing in host.listings { body(PluginChange.Kind.present.rawValue, PluginInfo(listing)) }
    let (changes, continuation) = AsyncStream<PluginChange>.makeStream()
    host.observe { _, changes in for change in changes { continuation.yield(change) } }
    let (host, folders) = (host, folders)
    let watcher = PluginWatcher(
      host: host, folders: folders, prepare: { host.disable(Self.disabled(in: folders)) },
      onUnreadable: { Terminal.standardError.write(foreign: "\($0.message)\n") })
    try watcher.start()
    for await change in changes { body(change.kind.rawValue, PluginInfo(change.listing)) }
    watcher.stop()
  }

  private static func disabled(in folders: [String]) -> Set<String> {
    folders.reduce([]) { $0.union(DisabledList(ofFolder: $1).ids) }
  }

  func release(plugin id: String) async throws(DuikouError) { try host.release(id) }

  func close() async {}

  private static func makeHost(_ policy: IsolationPolicy) -> PluginHost {
    let logger = Logger(label: "duikou") { _ in PluginNotes() }
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? "\(environment["HOME"] ?? NSTemporaryDirectory())/.cache"
    return PluginHost(
      cacheFolder: "\(cache)/duikou/plugins", policy: policy, logger: logger)
  }
}
