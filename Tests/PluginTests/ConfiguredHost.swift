import DuikouHost
import DuikouModel
import DuikouPipeline
import Foundation
import TestSupport
import Testing

/// A host whose plugins are set up as an office would, with what it logs.
struct ConfiguredHost {
  let folder: TemporaryFolder
  let log = LoggedMessages()
  let host: PluginHost

  init() throws {
    folder = try TemporaryFolder()
    host = PluginHost(cacheFolder: "\(folder.path)/cache", logger: log.logger)
  }

  /// A line of a section whose value is a file with this content.
  func entry(_ key: String, file name: String, _ content: String, line: Int = 3) throws
    -> PluginSection.Entry
  {
    let path = "\(folder.path)/\(name)"
    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
    return PluginSection.Entry(key: key, value: .file(path), line: line)
  }

  func configure(_ plugin: String, _ entries: [PluginSection.Entry]) {
    host.configure(
      [plugin: PluginSection(file: "duikoud.yaml", line: 2, entries: entries)], environment: [:])
  }

  /// Loads files; what became of the one at `path`.
  func load(_ files: [String], for path: String) throws -> PluginListing {
    try #require(try host.load(files: files).first { $0.path == path })
  }

  /// The records of a text, of which no method may fail.
  func records(in text: String, named uri: String) async throws -> [Record] {
    let analysis = try await Pipeline(host: host).analyze(
      DocumentSource(uri: uri, bytes: Array(text.utf8)))
    #expect(analysis.failures.isEmpty, "\(analysis.failures)")
    return analysis.records()
  }
}
