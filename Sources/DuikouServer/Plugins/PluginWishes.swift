import DuikouHost
import DuikouModel
import DuikouSettings
import Foundation
import Logging
import Synchronization

/// What the operator wants of plugins: which do not run, and how they are set up. It is read again
/// whenever its files may have changed.
final class PluginWishes: Sendable {
  private struct State {
    var sections: [String: PluginSection]
    var sectionsStamp: String?
    var told: Set<String> = []
  }

  private let configuration: String?
  private let environment: [String: String]
  /// Ids that the configuration disables.
  private let fixed: Set<String>
  private let own: DisabledList
  private let pluginFolders: [String]
  private let logger: Logger
  private let state: Mutex<State>

  init(_ settings: Settings, environment: [String: String], logger: Logger) {
    configuration = settings.configurationFile
    self.environment = environment
    fixed = Set(settings.disabledPlugins)
    own = DisabledList(path: "\(settings.data)/disabled-plugins")
    pluginFolders = settings.pluginFolders
    self.logger = logger
    state = Mutex(State(sections: settings.pluginSections))
    state.withLock { $0.sectionsStamp = stamp }
  }

  /// Folders in which something lies that it reads.
  var folders: [String] {
    [own.path, configuration].compactMap { path in
      path.map { ($0 as NSString).deletingLastPathComponent }.map { $0.isEmpty ? "." : $0 }
    }
  }

  /// Reads what has changed, and tells the host.
  func tell(_ host: PluginHost) {
    host.disable(disabled)
    let sections = readSections()
    host.configure(sections, environment: environment)
    // Before the first look nobody knows which plugins there are.
    guard host.registry.generation > 0 else { return }
    warn(of: UnusedSection.all(in: sections, for: host.listings.compactMap(\.description)))
  }

  /// Lets a plugin run, or keeps it from running. Throws `invalidArgument` for what is no id,
  /// `failedPrecondition` where another list than the daemon's own says otherwise.
  func set(_ id: String, isDisabled: Bool) throws(DuikouError) {
    if !isDisabled, fixed.contains(id) {
      throw DuikouError(
        .failedPrecondition, "the configuration disables \(id): take it out of disabled-plugins")
    }
    if !isDisabled,
      let list = folderLists.first(where: { $0.ids.contains(id) })
    {
      throw DuikouError(.failedPrecondition, "\(list.path) disables \(id): take it out of there")
    }
    try own.set(id, isDisabled: isDisabled)
  }

  private var disabled: Set<String> {
    folderLists.reduce(fixed.union(own.ids)) { $0.union($1.ids) }
  }

  private var folderLists: [DisabledList] { pluginFolders.map(DisabledList.init(ofFolder:)) }

  /// The sections as they are now. A file that cannot be read as configuration changes nothing.
  private func readSections() -> [String: PluginSection] {
    // A file that is half written may be whole YAML, and lack sections.
    guard configuration.map(FileStamp.isBeingWritten) != true else {
      return state.withLock { $0.sections }
    }
    let now = stamp
    let (isNew, before) = state.withLock { state in
      defer { state.sectionsStamp = now }
      return (state.sectionsStamp != now, state.sections)
    }
    guard isNew, let configuration else { return before }
    do throws(DuikouError) {
      let sections = try Settings.pluginSections(inFile: configuration)
      state.withLock { $0.sections = sections }
      return sections
    } catch {
      logger.error("plugins stay as they are set up: \(error.message)")
      return before
    }
  }

  /// What tells one state of the configuration from another.
  private var stamp: String? {
    guard let configuration,
      let attributes = try? FileManager.default.attributesOfItem(atPath: configuration)
    else { return nil }
    let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    return "\(attributes[.systemFileNumber] ?? 0) \(attributes[.size] ?? 0) \(time)"
  }

  private func warn(of sections: [UnusedSection]) {
    for section in sections {
      let message = section.message
      guard state.withLock({ $0.told.insert(message).inserted }) else { continue }
      logger.warning("\(message)")
    }
  }
}
