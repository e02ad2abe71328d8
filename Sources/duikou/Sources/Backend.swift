import DuikouHost
import DuikouModel
import DuikouPipeline
import DuikouSettings
import DuikouTerminal
import Foundation

/// What does the work: this program, or a daemon.
protocol Backend: Sendable {
  /// Analyses documents, together where that costs less; the outcomes stand in their order. Without `withRecords` their
  /// records are only counted. `onDone` hears of each by its index, as soon as its analysis is done.
  func analyze(
    _ sources: [DocumentSource], withRecords: Bool, onDone: @escaping @Sendable (Int) -> Void
  ) async -> [Result<DocumentResult, DuikouError>]
  /// Writes a report about documents that this backend has analysed.
  func render(
    format: String, of results: [DocumentResult], language: Language,
    write: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws(DuikouError)
  func formats() async throws(DuikouError) -> [ReportFormat]
  func overview() async throws(DuikouError) -> PluginOverview
  /// Puts a plugin's file into the folder, and says what has become of it. `signature` may be empty.
  func install(plugin: Data, signature: [UInt8]) async throws(DuikouError) -> PluginInfo
  /// Keeps a plugin from running, or lets it run.
  func set(plugin id: String, isDisabled: Bool) async throws(DuikouError)
  /// Tells what there is, and then what changes, until nobody wants to know or the daemon stops.
  func watch(
    _ body: @escaping @Sendable (_ change: String, PluginInfo) -> Void
  ) async throws(DuikouError)
  /// Lifts a plugin's quarantine.
  func release(plugin id: String) async throws(DuikouError)
  func close() async
}

/// One document's records.
struct DocumentResult: Sendable {
  /// SHA-256 of its bytes in hex.
  var id: String
  var uri: String
  var title: String
  /// By the full name of their type.
  var counts: [String: Int]
  /// Makes the records, of which a document may have very many.
  var records: @Sendable () -> [Record]
  var failures: [StageFailure]

  /// That there is none, though it was asked for.
  static let missing = DuikouError(
    .dataLoss, "nothing was said of what became of the document: try again")
}

/// The plugins there are.
struct PluginOverview: Sendable {
  var plugins: [PluginInfo]
  /// Ids of plugins that the daemon requires and does not have.
  var missing: [String] = []
}

/// Chooses the backend.
enum Backends {
  /// `configuration` is the file by which plugins are set up; nil for none. `makesReports` says whether `render` will
  /// be called.
  static func make(
    _ connection: ConnectionOptions, _ plugins: PluginOptions, configuration: String? = nil,
    limits: Limits = Limits(), makesReports: Bool = false
  ) async throws(DuikouError) -> any Backend {
    let environment = ProcessInfo.processInfo.environment
    if connection.address != nil {
      guard plugins.folders.isEmpty, !plugins.inProcess else {
        throw DuikouError(
          .invalidArgument, "with --host the daemon's own plugins are used; leave out --plugins")
      }
      guard configuration == nil else {
        throw DuikouError(
          .invalidArgument, "with --host the daemon's own configuration counts; leave out --config")
      }
      return RemoteBackend(try await connection.connect())
    }
    return try LocalBackend(
      folders: try PluginSearchPath.folders(plugins.folders, environment: environment),
      policy: plugins.inProcess ? .inProcess : IsolationPolicy(), limits: limits,
      sections: try configuration.map(sections(inFile:)) ?? [:], makesReports: makesReports)
  }

  private static func sections(
    inFile file: String
  ) throws(DuikouError) -> [String: PluginSection] {
    let sections = try PluginSection.all(inFile: file)
    if sections.isEmpty {
      Terminal.standardError.write(
        foreign:
          "\(file) sets up no plugin: write `plugin:`, and below it a section for each by its id\n")
    }
    return sections
  }
}

/// Where plugins are looked for when no folder is named.
enum PluginSearchPath {
  static func folders(
    _ named: [String], environment: [String: String]
  ) throws(DuikouError) -> [String] {
    if !named.isEmpty { return named }
    if let list = environment["DUIKOU_PLUGINS"], !list.isEmpty {
      return list.split(separator: ":").map(String.init)
    }
    let candidates = defaults(environment: environment)
    let existing = candidates.filter { FileManager.default.fileExists(atPath: $0) }
    guard !existing.isEmpty else {
      throw DuikouError(
        .notFound,
        "no plugin folder; looked for \(candidates.joined(separator: " and ")). "
          + "Name one with --plugins")
    }
    return existing
  }

  private static func defaults(environment: [String: String]) -> [String] {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      .map { ($0 as NSString).deletingLastPathComponent } ?? "."
    let data =
      environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? "\(environment["HOME"] ?? ".")/.local/share"
    return [
      "\(program)/plugins", "\((program as NSString).deletingLastPathComponent)/lib/duikou/plugins",
      "\(data)/duikou/plugins",
    ]
  }
}
