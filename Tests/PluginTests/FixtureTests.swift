import DuikouModel
import DuikouPipeline
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("The shipped plugins")
struct FixtureTests {
  @Test("are all loaded")
  func loaded() {
    for listing in ShippedPlugins.host.registry.listings {
      #expect(listing.state == .active, "\(listing.path): \(listing.reason?.message ?? "")")
    }
    let count =
      ShippedPlugins.readers.count + ShippedPlugins.extractors.count + ShippedPlugins.reports.count
    #expect(ShippedPlugins.host.registry.runners.count == count)
  }

  @Test("have fixtures, each of a document and what comes out")
  func present() throws {
    for plugin in ShippedPlugins.extractors {
      let fixtures = Fixture.all.filter { $0.name.lowercased().hasPrefix(plugin + "/") }
      #expect(fixtures.count >= 2, "\(plugin)")
    }
  }

  @Test(
    "find in a fixture what is expected",
    arguments: Fixture.all.filter { $0.expected.contains == nil })
  func extraction(_ fixture: Fixture) async throws {
    let analysis = try await ShippedPlugins.analyze(file: fixture.text)
    #expect(analysis.failures.isEmpty, "\(analysis.failures)")
    let records = analysis.records()
    let matcher = RecordMatcher(records)
    var found = Set<Int>()
    for pattern in fixture.expected.records ?? [] {
      let match = matcher.matches(pattern).first { !found.contains($0) }
      #expect(
        match != nil, "not found: \(pattern.type) \(pattern.fields?.mapValues(\.text) ?? [:])")
      if let match { found.insert(match) }
    }
    for pattern in fixture.expected.absentRecords ?? [] {
      let matches = matcher.matches(pattern).map(matcher.describe)
      #expect(matches.isEmpty)
    }
    if fixture.expected.exact == true {
      let types = Set(
        fixture.expected.types ?? (fixture.expected.records ?? []).map(\.type))
      let others = records.indices.filter {
        types.contains(records[$0].type) && !found.contains($0)
      }
      #expect(others.map(matcher.describe) == [])
    }
  }

  @Test(
    "write of a fixture what is expected",
    arguments: Fixture.all.filter { $0.expected.contains != nil })
  func report(_ fixture: Fixture) async throws {
    let format = fixture.name.split(separator: "/")[0].lowercased()
    let analysis = try await ShippedPlugins.analyze(file: fixture.text)
    let bytes = Mutex<[UInt8]>([])
    try await ShippedPlugins.pipeline.render(format: format, analyses: [analysis]) { piece in
      bytes.withLock { $0.append(contentsOf: piece) }
    }
    let text = String(decoding: bytes.withLock { $0 }, as: UTF8.self)
    for part in fixture.expected.contains ?? [] {
      #expect(text.contains(part), "lacks \(part)")
    }
    for part in fixture.expected.absentText ?? [] {
      #expect(!text.contains(part), "holds \(part)")
    }
  }
}
