import Dispatch
import DuikouModel
import Foundation
import Logging
import Synchronization

/// Finds plugins, loads them, and knows which of them can be called.
///
/// May be used from every thread. What was read from it stays good while it changes.
public final class PluginHost: Sendable {
  /// How a host is to work.
  public struct Options: Sendable {
    /// Where private copies of plugin files are kept, for this user alone.
    public var cacheFolder: String
    /// Whether no other program uses the cache folder: what is not needed any more is removed from it.
    public var ownsCache = false
    public var policy = IsolationPolicy()
    public var trust = PluginTrust()
    /// How long calls may go on that run on a plugin which is replaced or removed.
    public var drain = Duration.seconds(30)
    /// May refuse plugins for reasons that the host itself does not know.
    public var check: PluginCheck?

    public init(cacheFolder: String) { self.cacheFolder = cacheFolder }
  }

  /// Told what is different, once it holds; on a thread of the host's, which is not to be held up.
  public typealias Observer = @Sendable (Registry, [PluginChange]) -> Void

  private struct State {
    var registry = Registry()
    /// By the hash of the file. Runners hold them; what nobody holds lies on the disk.
    var failures: [String: WeakBook] = [:]
    var setup = PluginLoader.Setup()
    var observers: [Observer] = []
    var number = 0
  }

  private struct WeakBook {
    weak var book: FailureBook?
  }

  private let options: Options
  private let copies: PrivateCopies
  private let logger: Logger
  private let state = Mutex(State())
  /// Touched on the queue only, so that what follows from one event is done before the next.
  private let lives: Mutex<PluginLives>
  private let queue = DispatchQueue(label: "duikou.plugins")
  private let openings = OpeningLine(width: 4)

  public init(_ options: Options, logger: Logger) {
    self.options = options
    self.logger = logger
    copies = PrivateCopies(folder: options.cacheFolder, removesUnused: options.ownsCache)
    lives = Mutex(PluginLives(check: options.check))
  }

  /// A host for files that the caller trusts.
  public convenience init(
    cacheFolder: String, policy: IsolationPolicy = IsolationPolicy(), check: PluginCheck? = nil,
    logger: Logger
  ) {
    var options = Options(cacheFolder: cacheFolder)
    options.policy = policy
    options.check = check
    self.init(options, logger: logger)
  }

  /// The source of log lines about documents, which most of those are that plugins write, unlike the host's own about
  /// plugins.
  public static let sourceOfDocumentLines = "document"

  /// Logs what is to be known of a document.
  public func warn(_ message: String) {
    logger.warning("\(message)", source: Self.sourceOfDocumentLines)
  }

  /// Logs what becomes of the plugins' work.
  public func notice(_ message: String) { logger.notice("\(message)") }

  /// What is loaded at this moment.
  public var registry: Registry { state.withLock { $0.registry } }

  /// The files that were found, with their state at this moment: those that are active may be in
  /// quarantine.
  public var listings: [PluginListing] {
    let (registry, failures) = state.withLock { ($0.registry, $0.failures) }
    return registry.listings.map { listing in
      var listing = listing
      guard listing.state == .active else { return listing }
      if let id = listing.id, let generation = registry.runners[id] as? Generation {
        listing.activity = generation.activity
      }
      guard let book = failures[listing.sha256]?.book else { return listing }
      listing.setAsideDocuments = book.setAsideCount
      if let reason = book.quarantine {
        listing.state = .quarantined
        listing.reason = DuikouError(.unavailable, "quarantined: \(reason)")
      }
      return listing
    }
  }

  /// Those of these ids that no plugin in use has.
  public func missing(of required: [String]) -> [String] {
    let active = Set(listings.filter { $0.state == .active }.compactMap(\.id))
    return required.filter { !active.contains($0) }
  }

  /// Calls `observer` from now on, behind those that were added before.
  public func observe(_ observer: @escaping Observer) {
    state.withLock { $0.observers.append(observer) }
  }

  /// Looks through folders and takes what is in them for the plugins to use. Returns when every file was
  /// opened.
  ///
  /// One bad file never keeps the others from working: it is listed with its reason. A folder
  /// that cannot be read is thrown as `notFound`, a machine that lacks a protection which the
  /// policy demands as `failedPrecondition`.
  @discardableResult
  public func load(folders: [String]) throws(DuikouError) -> [PluginListing] {
    var looks = PluginFolders(waitsForWriters: false)
    var seen: [String: [Sighting]] = [:]
    for folder in folders { seen[folder] = try looks.look(into: folder) }
    return try load(seen)
  }

  /// Takes these files for the plugins to use.
  @discardableResult
  public func load(files: [String]) throws(DuikouError) -> [PluginListing] {
    var looks = PluginFolders(waitsForWriters: false)
    return try load(["": files.map { looks.look(at: $0) }])
  }

  private func load(_ seen: [String: [Sighting]]) throws(DuikouError) -> [PluginListing] {
    _ = try makeLoader()
    take(.seen(seen))
    openings.wait()
    queue.sync {}
    copies.removeUnused()
    return listings
  }

  /// Takes in what was seen in folders.
  func take(seen: [String: [Sighting]]) { take(.seen(seen)) }

  /// Opens files again that were not used for want of something; all that were refused, where somebody
  /// asks for it.
  func retry(all: Bool = false) { take(.retry(all: all)) }

  /// Waits until every file that was seen has been opened.
  func waitForOpenings() {
    openings.wait()
    queue.sync {}
  }

  /// Keeps these plugins from running, and lets all others run.
  public func disable(_ ids: Set<String>) {
    let isChanged = state.withLock { state in
      defer { state.setup.disabled = ids }
      return state.setup.disabled != ids
    }
    if isChanged { take(.disabled(ids)) }
  }

  /// Sets plugins up by these sections of a configuration file, by their ids. A plugin whose section says
  /// something else than before, or whose variables or files do, gets a new generation.
  public func configure(_ sections: [String: PluginSection], environment: [String: String]) {
    let revisions = sections.mapValues { $0.revision(environment: environment) }
    let isChanged = state.withLock { state in
      let isChanged = state.setup.revisions != revisions
      state.setup.sections = sections
      state.setup.revisions = revisions
      state.setup.environment = environment
      return isChanged
    }
    if isChanged { take(.configured(revisions)) }
  }

  /// Describes one file without using it. Throws why it cannot be a plugin.
  public func describe(file path: String) throws(DuikouError) -> PluginListing {
    var lives = PluginLives(check: options.check)
    var looks = PluginFolders(waitsForWriters: false)
    var pending = lives.handle(.seen(["": [looks.look(at: path)]]))
    let loader = try makeLoader()
    while let action = pending.popLast() {
      guard case .open(let path, let mark) = action else { continue }
      pending += lives.handle(.opened(path: path, mark: mark, loader.open(path)))
    }
    lives.decision.active.values.forEach { $0.generation.close() }
    guard let listing = lives.decision.listings.first else {
      throw DuikouError(.internalError, "\(path) was lost while it was described")
    }
    if let reason = listing.reason { throw reason }
    return listing
  }

  /// Opens one file without using it, as the files in folders are opened. Returns the plugin's id; throws why
  /// it could not be used, for reasons that lie in the file.
  public func check(file path: String) throws(DuikouError) -> String {
    switch try makeLoader().open(path) {
    case .plugin(let found):
      found.generation.close()
      return found.description.id
    case .disabled(let unused):
      guard let id = unused.note?.id else { throw unused.reason }
      return id
    case .refused(let unused): throw unused.reason
    case .torn(let error): throw error
    }
  }

  /// Lifts the quarantine of an active plugin, and gives the documents that are set aside for it
  /// another chance. Throws `notFound`.
  public func release(_ id: String) throws(DuikouError) {
    let book = state.withLock { state in
      state.registry.listings.first { $0.state == .active && $0.description?.id == id }
        .flatMap { state.failures[$0.sha256]?.book }
    }
    guard let book else {
      throw DuikouError(.notFound, "no plugin in use has the id \(id), or it runs in this process")
    }
    book.release()
  }
}

// MARK: What happens, one after the other

extension PluginHost {
  private func take(_ event: PluginLives.Event) {
    queue.sync { perform(lives.withLock { $0.handle(event) }) }
  }

  private func perform(_ actions: [PluginLives.Action]) {
    for action in actions {
      switch action {
      case .open(let path, let mark):
        openings.add { [self] in take(.opened(path: path, mark: mark, open(path))) }
      case .publish(let decision): publish(decision)
      case .retire(let found): found.generation.retire(drain: options.drain)
      }
    }
  }

  private func open(_ path: String) -> Opening {
    do throws(DuikouError) {
      return try makeLoader().open(path)
    } catch {
      return .refused(Opening.Unused(reason: error))
    }
  }

  private func publish(_ decision: PluginLives.Decision) {
    let (old, new, observers) = state.withLock { state in
      let old = state.registry
      state.registry = Registry(decision, generation: old.generation + 1)
      return (old, state.registry, state.observers)
    }
    let changes = PluginChange.changes(from: old.listings, to: new.listings)
    for change in changes { log(change) }
    for observer in observers { observer(new, changes) }
    // Calls have found the new ones by now.
    for found in decision.resting { found.generation.rest() }
  }

  private func log(_ change: PluginChange) {
    let listing = change.listing
    let reason = listing.replacement ?? listing.reason
    var metadata: Logger.Metadata = [
      "path": "\(listing.path)", "state": "\(listing.state.rawValue)",
    ]
    if let id = listing.id { metadata["plugin"] = "\(id) \(listing.versionText)" }
    switch (change.kind, listing.state) {
    case (.unused, .arriving): logger.debug("plugin arriving", metadata: metadata)
    case (.unused, _):
      logger.warning("plugin not used: \(reason?.message ?? "")", metadata: metadata)
    default: logger.info("plugin \(change.kind.rawValue)", metadata: metadata)
    }
  }

  private func makeLoader() throws(DuikouError) -> PluginLoader {
    var program: WorkerProgram?
    if !options.policy.pinsAll {
      program = try WorkerProgram.find()
      program?.required = options.policy.required
      if !options.policy.required.isEmpty {
        try Protections.find().check(options.policy.required)
      }
    }
    return PluginLoader(
      copies: copies, descriptions: DescriptionCache(folder: options.cacheFolder),
      policy: options.policy, trust: options.trust, program: program,
      setup: state.withLock { $0.setup }, failures: { sha256 in self.failures(of: sha256) },
      nextNumber: { self.nextNumber() }, logger: logger)
  }

  private func nextNumber() -> Int {
    state.withLock { state in
      state.number += 1
      return state.number
    }
  }

  private func failures(of sha256: String) -> FailureBook {
    state.withLock { state in
      if let known = state.failures[sha256]?.book { return known }
      state.failures = state.failures.filter { $0.value.book != nil }
      let book = FailureBook(path: "\(options.cacheFolder)/\(sha256).failures", logger: logger)
      state.failures[sha256] = WeakBook(book: book)
      return book
    }
  }
}
