import CDuikou
import Crypto
import DuikouModel
import Foundation

/// The plugins in use and those that are not, at one moment: a value that never changes.
public struct Registry: Sendable {
  /// One entry for each file that was found, by path.
  public let listings: [PluginListing]
  /// The runners of the active plugins, by id.
  public let runners: [String: any PluginRunner]
  /// The domain's row types and those of the active plugins.
  public let schema: Schema
  /// By row type that an active plugin reads: bytes of the longest row that one expects. Images have
  /// a table of each, be it empty.
  public let rowSizes: [UInt32: Int]
  /// The order of the active plugins' extractors, as indices of `methods(.extractor)`.
  public let plan: ExecutionPlan
  /// Tells sets of readers and extractors apart: changes whenever an analysis could give other records.
  public let fingerprint: String
  private let methods: [MethodDescription.Role: [Method]]
  /// Counts the registries of a host, from 0 for the empty one.
  public let generation: Int

  /// A method of an active plugin.
  public struct Method: Sendable {
    public let runner: any PluginRunner
    /// Index of the method in the plugin's description.
    public let index: Int

    public var description: MethodDescription { runner.description.methods[index] }
    public var plugin: PluginDescription { runner.description }
    /// The plugin's id and the method's name, such as `org.duikou.places/Places`.
    public var name: String { "\(plugin.id)/\(description.name)" }

    public init(runner: any PluginRunner, index: Int) {
      self.runner = runner
      self.index = index
    }
  }

  /// A registry without plugins.
  init() {
    listings = []
    runners = [:]
    schema = .domain
    rowSizes = [:]
    methods = [:]
    plan = Self.plan(of: [], schema)
    fingerprint = Self.fingerprint(of: [])
    generation = 0
  }

  /// What was decided over the plugins.
  init(_ decision: PluginLives.Decision, generation: Int) {
    self.generation = generation
    listings = decision.listings
    runners = decision.active.mapValues(\.generation)
    schema = decision.schema
    rowSizes = Self.rowSizes(of: decision.active.values.map(\.description))
    methods = Self.methods(of: runners)
    plan = Self.plan(of: methods[.extractor] ?? [], schema)
    fingerprint = Self.fingerprint(
      of: decision.active.values.filter { found in
        found.description.methods.contains { [.extractor, .reader].contains($0.role) }
      })
  }

  /// The active plugins' methods of a role, by plugin id.
  public func methods(_ role: MethodDescription.Role) -> [Method] { methods[role] ?? [] }

  private static func methods(
    of runners: [String: any PluginRunner]
  ) -> [MethodDescription.Role: [Method]] {
    let all = runners.values.sorted { $0.description.id < $1.description.id }.flatMap { runner in
      runner.description.methods.indices.map { Method(runner: runner, index: $0) }
    }
    return Dictionary(grouping: all, by: \.description.role)
  }

  private static func plan(of extractors: [Method], _ schema: Schema) -> ExecutionPlan {
    ExecutionPlan(
      extractors.map { .init(name: $0.name, uses: $0.description.uses) },
      given: [UInt32(DK_DOCUMENT), UInt32(DK_PIECE)], schema: schema)
  }

  /// SHA-256, in hex, over the files of plugins, their configurations, and the version of the domain's
  /// records.
  private static func fingerprint(of plugins: [FoundPlugin]) -> String {
    let states = plugins.map { $0.file.sha256 + ($0.revision.map { " \($0)" } ?? "") }
    let text = "schema \(DK_SCHEMA)\n\(states.sorted().joined(separator: "\n"))"
    return SHA256.hash(data: Data(text.utf8)).hexadecimal
  }

  private static func rowSizes(of plugins: [PluginDescription]) -> [UInt32: Int] {
    let uses = plugins.flatMap { $0.methods.flatMap(\.uses) }.filter(\.reads)
    return Dictionary(uses.map { ($0.type, $0.rowSize) }, uniquingKeysWith: max)
  }
}
