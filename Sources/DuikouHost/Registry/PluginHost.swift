import DuikouModel
import Foundation
import Logging
import Synchronization

/// Finds plugins, loads them, and knows which of them can be called.
///
/// May be used from every thread. What was read from it stays good while it changes.
public final class PluginHost: Sendable {
  private let copies: PrivateCopies
  private let logger: Logger
  private let state = Mutex(Registry())

  /// `cacheFolder` is where private copies of plugin files are kept, for this user alone.
  public init(cacheFolder: String, logger: Logger) {
    copies = PrivateCopies(folder: cacheFolder)
    self.logger = logger
  }

  /// What is loaded at this moment.
  public var registry: Registry { state.withLock { $0 } }

  /// Looks through folders and takes what is in them for the plugins to use.
  ///
  /// One bad file never keeps the others from working: it is listed with its reason. A folder
  /// that cannot be read is thrown as `notFound`.
  @discardableResult
  public func load(folders: [String]) throws(DuikouError) -> [PluginListing] {
    var files: [String] = []
    for folder in folders { files += try PluginFolder(path: folder).files() }
    return load(files: files)
  }

  /// Takes these files for the plugins to use.
  @discardableResult
  public func load(files: [String]) -> [PluginListing] {
    let loader = Loader(copies: copies, logger: logger)
    let registry = Registry(files.map(loader.open))
    for listing in registry.listings where listing.state != .active {
      logger.warning(
        "plugin not used: \(listing.reason?.message ?? "")",
        metadata: ["path": "\(listing.path)", "state": "\(listing.state.rawValue)"])
    }
    state.withLock { $0 = registry }
    return registry.listings
  }

  /// Describes one file without using it. Throws why it cannot be a plugin.
  public func describe(file path: String) throws(DuikouError) -> PluginListing {
    let file = try copies.copy(of: path)
    let library = try LoadedLibrary(opening: file, logger: logger)
    return PluginListing(
      path: path, sha256: file.sha256, state: .active, description: library.description,
      isolation: .inProcess)
  }
}

/// Opens files, one by one.
private struct Loader {
  let copies: PrivateCopies
  let logger: Logger

  func open(_ path: String) -> Registry.Found {
    var sha256 = ""
    do {
      let file = try copies.copy(of: path)
      sha256 = file.sha256
      return .library(try LoadedLibrary(opening: file, logger: logger))
    } catch {
      return .refused(
        PluginListing(path: path, sha256: sha256, state: .refused, reason: error))
    }
  }
}
