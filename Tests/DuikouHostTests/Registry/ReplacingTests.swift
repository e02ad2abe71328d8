import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A host whose plugin files change")
struct ReplacingTests {
  private let folder: TemporaryFolder
  private let host: PluginHost

  init() throws {
    folder = try TemporaryFolder()
    var options = PluginHost.Options(cacheFolder: "\(folder.path)/cache")
    options.ownsCache = true
    host = PluginHost(options, logger: .silent)
    try folder.write("plugins/.keep", [])
    try folder.write("built/.keep", [])
  }

  private var plugins: String { "\(folder.path)/plugins" }

  /// Compiles a plugin and puts it into the folder at once.
  private func drop(_ source: String, as name: String = "a.so") throws {
    let built = try CompiledPlugin.compile(source, named: "built/\(name)", in: folder)
    #expect(rename(built, "\(plugins)/\(name)") == 0)
  }

  private func look() throws -> PluginListing {
    try #require(try host.load(folders: [plugins]).first)
  }

  private func copies() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/cache")
      .filter { $0.hasSuffix(".so") }
  }

  @Test("gives new calls the new generation, and lets old ones go on with the old")
  func generations() async throws {
    try drop(CompiledPlugin.source(version: "1.0.0"))
    let first = try look()
    let old = try #require(host.registry.runners["cn.example.test"])
    try drop(CompiledPlugin.source(version: "1.1.0"))
    let second = try look()
    #expect(second.generation > first.generation && second.versionText == "1.1.0")
    let new = try #require(host.registry.runners["cn.example.test"])
    #expect(new.description.versionText == "1.1.0")
    let builder = ImageBuilder(schema: .domain)
    var request = CallRequest(method: 0, image: try builder.build(), schema: .domain)
    request.timeout = .seconds(60)
    for runner in [old, new] { _ = try await runner.call(request) }
  }

  /// A source that is changed in one place.
  struct Broken: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// A word of the reason.
    var word: String
    var old: String
    var new: String
  }

  @Test(
    "keeps the generation before where the new contents are not fit, and says why",
    arguments: [
      Broken(testDescription: "no note", word: "no note", old: "DK_NOTE", new: "//"),
      Broken(
        testDescription: "another description", word: "its note says", old: ".version = \"1.0.0\"",
        new: ".version = \"1.0.1\""),
      Broken(
        testDescription: "a crash at its load", word: "crashed", old: "DK_NOTE",
        new: "__attribute__((constructor)) static void begin(void) { __builtin_trap(); }\nDK_NOTE"),
    ])
  func broken(_ broken: Broken) throws {
    try drop(CompiledPlugin.source())
    let before = try look()
    try drop(CompiledPlugin.source().replacing(broken.old, with: broken.new))
    let after = try look()
    #expect(after.state == .active && after.generation == before.generation)
    #expect(
      after.replacement?.message.contains(broken.word) == true,
      "\(after.replacement?.message ?? "")")
    #expect(after.sha256 == before.sha256 && after.replacementSHA256 != before.sha256)
    try drop(CompiledPlugin.source(version: "1.2.0"))
    let mended = try look()
    #expect(mended.versionText == "1.2.0" && mended.replacement == nil)
  }

  @Test("keeps the generation of a file that was touched or has a new name")
  func touched() throws {
    try drop(CompiledPlugin.source())
    let generation = try look().generation
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: "\(plugins)/a.so")
    #expect(try look().generation == generation)
    #expect(rename("\(plugins)/a.so", "\(plugins)/b.so") == 0)
    #expect(try look().generation == generation)
  }

  @Test("does not run what is disabled, not even to ask it, and runs it again")
  func disabled() throws {
    host.disable(["cn.example.test"])
    try drop(
      CompiledPlugin.source()
        + "__attribute__((constructor)) static void begin(void) { __builtin_trap(); }\n")
    let unasked = try look()
    #expect(unasked.state == .disabled && unasked.id == "cn.example.test")
    try drop(CompiledPlugin.source())
    #expect(try look().state == .disabled)
    host.disable([])
    host.waitForOpenings()
    let enabled = try #require(host.listings.first)
    #expect(enabled.state == .active)
    host.disable(["cn.example.test"])
    #expect(host.listings.first?.state == .disabled && host.registry.runners.isEmpty)
    host.disable([])
    #expect(host.listings.first?.generation == enabled.generation)
  }

  @Test("keeps no copy but the one that is used")
  func privateCopies() throws {
    for version in 0..<20 {
      try drop(CompiledPlugin.source(version: "1.0.\(version)"))
      #expect(try look().versionText == "1.0.\(version)")
    }
    #expect(try copies().count == 1)
    try FileManager.default.removeItem(atPath: "\(plugins)/a.so")
    #expect(try host.load(folders: [plugins]).isEmpty)
    #expect(try copies().isEmpty)
  }

  @Test("tells those who observe it what has changed")
  func observed() throws {
    let kinds = Observed()
    host.observe { _, changes in kinds.add(changes.filter { $0.listing.state != .arriving }) }
    try drop(CompiledPlugin.source(version: "1.0.0"))
    _ = try look()
    try drop(CompiledPlugin.source(version: "1.1.0"))
    _ = try look()
    try drop(CompiledPlugin.source(version: "1.0.5"), as: "b.so")
    _ = try host.load(folders: [plugins])
    try FileManager.default.removeItem(atPath: "\(plugins)/a.so")
    _ = try host.load(folders: [plugins])
    #expect(
      kinds.all == ["loaded a.so", "replaced a.so", "unused b.so", "removed a.so", "replaced b.so"])
  }
}

/// What was observed, in order.
private final class Observed: @unchecked Sendable {
  private let lock = NSLock()
  private var words: [String] = []

  var all: [String] { lock.withLock { words } }

  func add(_ changes: [PluginChange]) {
    lock.withLock {
      words += changes.map {
        "\($0.kind.rawValue) \(($0.listing.path as NSString).lastPathComponent)"
      }
    }
  }
}
