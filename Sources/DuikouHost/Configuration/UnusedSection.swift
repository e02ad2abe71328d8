import DuikouModel

/// A section of the configuration that no plugin reads.
public struct UnusedSection: Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// No plugin of this id is there; it may come, so this is worth a warning.
    case noPlugin
    /// The plugin has no configuration type, and would never read it.
    case noConfiguration
  }

  /// The plugin's id, as the file has it.
  public let plugin: String
  public let file: String
  public let line: Int
  public let reason: Reason
  /// A sentence with file, line and plugin.
  public let message: String

  /// Those among `sections`, which are by the plugin's id, in the order of the file.
  public static func all(
    in sections: [String: PluginSection], for plugins: [PluginDescription]
  ) -> [UnusedSection] {
    let readers = Set(plugins.filter { $0.config != 0 }.map(\.id))
    let known = Set(plugins.map(\.id))
    return sections.filter { !readers.contains($0.key) }
      .map { id, section in
        UnusedSection(id, section, known.contains(id) ? .noConfiguration : .noPlugin, known)
      }
      .sorted { ($0.line, $0.plugin) < ($1.line, $1.plugin) }
  }

  private init(_ id: String, _ section: PluginSection, _ reason: Reason, _ known: Set<String>) {
    plugin = id
    file = section.file
    line = section.line
    self.reason = reason
    let place = "\(section.file), line \(section.line): \(id.shown)"
    let near = NearestNames.to(id, in: known)
    message =
      switch reason {
      case .noConfiguration: "\(place): this plugin has no configuration; leave the section out"
      case .noPlugin where near.isEmpty: "\(place): no such plugin is there"
      case .noPlugin:
        "\(place): no such plugin is there; did you mean \(near.joined(separator: " or "))?"
      }
  }
}
