import Dispatch
import DuikouModel
import Foundation
import Logging
import Synchronization

/// Finds plugins, loads them, and knows which of them can be called.
///
/// May be used from every thread. What was read from it stays good while it changes.
public final class PluginHost: Sendable {
  private struct State {
    var registry = Registry()
    /// By the hash of the file.
    var failures: [String: FailureBook] = [:]
  }

  private let cacheFolder: String
  private let policy: IsolationPolicy
  private let check: PluginCheck?
  private let logger: Logger
  private let state = Mutex(State())

  /// `cacheFolder` is where private copies of plugin files are kept, for this user alone. `check` may
  /// refuse plugins for reasons that the host itself does not know.
  public init(
    cacheFolder: String, policy: IsolationPolicy = IsolationPolicy(), check: PluginCheck? = nil,
    logger: Logger
  ) {
    self.cacheFolder = cacheFolder
    self.policy = policy
    self.check = check
    self.logger = logger
  }

  /// What is loaded at this moment.
  public var registry: Registry { state.withLock { $0.registry } }

  /// The files that were found, with their state at this moment: those that are active may be in
  /// quarantine.
  public var listings: [PluginListing] {
    let (registry, failures) = state.withLock { ($0.registry, $0.failures) }
    return registry.listings.map { listing in
      guard listing.state == .active, let book = failures[listing.sha256] else { return listing }
      var listing = listing
      listing.setAsideDocuments = book.setAsideCount
      if let reason = book.quarantine {
        listing.state = .quarantined
        listing.reason = DuikouError(.unavailable, "quarantined: \(reason)")
      }
      return listing
    }
  }

  /// Looks through folders and takes what is in them for the plugins to use.
  ///
  /// One bad file never keeps the others from working: it is listed with its reason. A folder
  /// that cannot be read is thrown as `notFound`, a machine that lacks a protection which the
  /// policy demands as `failedPrecondition`.
  @discardableResult
  public func load(folders: [String]) throws(DuikouError) -> [PluginListing] {
    var files: [String] = []
    for folder in folders { files += try PluginFolder(path: folder).files() }
    return try load(files: files)
  }

  /// Takes these files for the plugins to use.
  @discardableResult
  public func load(files: [String]) throws(DuikouError) -> [PluginListing] {
    let loader = try makeLoader()
    let found = Mutex<[Int: Registry.Found]>([:])
    DispatchQueue.concurrentPerform(iterations: files.count) { index in
      let opened = loader.open(files[index])
      found.withLock { $0[index] = opened }
    }
    let generation = registry.generation + 1
    let registry = Registry(
      found.withLock { found in files.indices.compactMap { found[$0] } }, generation: generation,
      check: check)
    for listing in registry.listings where listing.state != .active {
      logger.warning(
        "plugin not used: \(listing.reason?.message ?? "")",
        metadata: ["path": "\(listing.path)", "state": "\(listing.state.rawValue)"])
    }
    state.withLock { $0.registry = registry }
    return listings
  }

  /// Describes one file without using it. Throws why it cannot be a plugin.
  public func describe(file path: String) throws(DuikouError) -> PluginListing {
    let registry = Registry([try makeLoader().open(path)], check: check)
    guard let listing = registry.listings.first else {
      throw DuikouError(.internalError, "\(path) was lost while it was described")
    }
    if let reason = listing.reason { throw reason }
    return listing
  }

  /// Lifts the quarantine of an active plugin, and gives the documents that are set aside for it
  /// another chance. Throws `notFound`.
  public func release(_ id: String) throws(DuikouError) {
    let book = state.withLock { state in
      state.registry.listings.first { $0.state == .active && $0.description?.id == id }
        .flatMap { state.failures[$0.sha256] }
    }
    guard let book else {
      throw DuikouError(.notFound, "no plugin in use has the id \(id), or it runs in this process")
    }
    book.release()
  }

  private func makeLoader() throws(DuikouError) -> PluginLoader {
    var program: WorkerProgram?
    if !policy.pinsAll {
      program = try WorkerProgram.find()
      program?.required = policy.required
      if !policy.required.isEmpty { try Protections.find().check(policy.required) }
    }
    return PluginLoader(
      copies: PrivateCopies(folder: cacheFolder),
      descriptions: DescriptionCache(folder: cacheFolder), policy: policy, program: program,
      failures: { sha256 in self.failures(of: sha256) }, logger: logger)
  }

  private func failures(of sha256: String) -> FailureBook {
    state.withLock { state in
      if let known = state.failures[sha256] { return known }
      let book = FailureBook(path: "\(cacheFolder)/\(sha256).failures", logger: logger)
      state.failures[sha256] = book
      return book
    }
  }
}
