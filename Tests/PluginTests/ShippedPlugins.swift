import DuikouHost
import DuikouModel
import DuikouPipeline
import Foundation
import TestSupport

/// The plugins that are built with the tests.
enum ShippedPlugins {
  static let extractors = [
    "segments", "places", "agencies", "people", "agreements", "quantities", "names", "pairings",
    "events", "exchanges", "ledgers", "tagger",
  ]
  static let readers = ["texts", "office", "pdf"]
  static let reports = ["markdown", "html"]

  /// A host with all of them, loaded once for all tests.
  static let host: PluginHost = {
    let host = PluginHost(
      cacheFolder: NSTemporaryDirectory() + "/duikou-test-plugins-\(getuid())",
      logger: .silent)
    _ = try? host.load(files: Repository.pluginFiles(readers + extractors + reports))
    return host
  }()

  static let pipeline = Pipeline(host: host)

  static func analyze(file path: String) async throws -> Analysis {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    return try await pipeline.analyze(DocumentSource(uri: path, bytes: Array(bytes)))
  }
}
