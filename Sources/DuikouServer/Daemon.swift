import Dispatch
import DuikouAPI
import DuikouHost
import DuikouModel
import DuikouPipeline
import DuikouStore
import DuikouWire
import Foundation
import GRPCCore
import Logging
import ServiceLifecycle

/// The daemon: everything put together, from settings.
public struct Daemon: Sendable {
  private let settings: Settings
  private let logger: Logger

  public init(settings: Settings, logger: Logger) {
    self.settings = settings
    self.logger = logger
  }

  /// How long after the drain a plugin that does not stop is waited for.
  private static let grace = Duration.seconds(5)

  /// Half of what one plugin may have running: no client takes all of it.
  private static let callsPerClient = 32

  /// Serves until SIGTERM or SIGINT, then lets the running calls end.
  ///
  /// Throws what keeps it from starting, with what to do about it.
  public func run() async throws(DuikouError) {
    // All that the daemon makes is its own user's alone.
    umask(0o077)
    let lock = try FolderLock(folder: settings.data)
    defer { withExtendedLifetime(lock) {} }
    let store = try DocumentStore(folder: settings.data)
    defer { store.close() }
    let wishes = PluginWishes(
      settings, environment: ProcessInfo.processInfo.environment, logger: logger)
    let host = try loadPlugins(wishes)
    let drain = Drain()
    let pipeline = Pipeline(host: host, limits: settings.limits)
    let archive = Archive(store: store, pipeline: pipeline, host: host)
    let metrics = PrometheusMetrics(help: CallObserver.help)
    let catalog = MethodCatalog(host: host, logger: logger)
    let patience = ClientPatience(drain: drain)
    let audit = AuditTrail(store: store, logger: logger)
    let news = PluginNews()
    host.observe { _, _ in
      catalog.refresh()
      news.tell()
    }
    let upkeep = PluginUpkeep(
      host: host, folders: settings.pluginFolders, wishes: wishes,
      audit: PluginAudit(audit: audit, trust: settings.trust), logger: logger)
    let servers = try Servers(
      endpoints: try settings.endpoints(),
      services: [
        DocumentsService(
          archive: archive, limit: settings.limits.documentBytes,
          memory: RequestMemory(limit: settings.limits.imageBytes), patience: patience),
        AnalysesService(archive: archive, drain: drain),
        PluginsService(
          archive: archive, catalog: catalog, audit: audit, news: news, wishes: wishes,
          upkeep: upkeep, patience: patience, required: settings.requiredPlugins,
          trust: settings.trust, folder: settings.pluginFolders[0]),
        AuditService(store: store),
        HealthService(drain: drain, host: host, required: settings.requiredPlugins),
        ReflectionService(files: try DescriptorFiles(catalog: catalog), patience: patience),
        PluginMethodsService(pipeline: pipeline, limits: settings.limits, drain: drain),
      ], catalog: catalog,
      interceptors: interceptors(metrics, audit), drain: drain, logger: logger
    ) { Self.forceExit(after: settings.drain, logger: logger) }
    defer { for path in settings.socketPaths { unlink(path) } }
    // They stop one after another, the last first.
    var services: [any Service] = [upkeep, servers]
    if case .tcp(let address, let port)? = settings.metrics {
      services.insert(
        MetricsEndpoint(metrics: metrics, host: address, port: port, logger: logger), at: 0)
    }
    try await serve(services, drain)
    logger.info("stopped")
  }

  /// What every call passes through, the outermost first.
  private func interceptors(
    _ metrics: PrometheusMetrics, _ audit: AuditTrail
  ) -> [any ServerInterceptor] {
    [
      TraceInterceptor(),
      CallObserver(metrics: metrics, logger: settings.logsCalls ? logger : nil),
      AccessInterceptor(
        policy: AccessPolicy(tokens: settings.tokens, certificates: settings.certificateClients),
        limits: ClientLimits(
          running: settings.callsPerClient ?? Self.callsPerClient,
          perSecond: settings.callsPerSecond),
        countsOwnSocket: settings.callsPerClient != nil || settings.callsPerSecond > 0,
        audit: audit),
    ]
  }

  private func loadPlugins(_ wishes: PluginWishes) throws(DuikouError) -> PluginHost {
    if settings.plugins.isEmpty {
      // The folder of the daemon itself is there from the start, so that plugins can be dropped in.
      try? FileManager.default.createDirectory(
        atPath: settings.pluginFolders[0], withIntermediateDirectories: true)
    }
    var options = PluginHost.Options(cacheFolder: "\(settings.data)/cache/plugins")
    options.ownsCache = true
    options.policy = settings.isolation
    options.trust = try settings.pluginTrust()
    options.drain = settings.drain
    options.check = ServiceShape.check
    let host = PluginHost(options, logger: logger)
    wishes.tell(host)
    let listings = try host.load(folders: settings.pluginFolders)
    logger.info(
      "plugins loaded",
      metadata: [
        "folders": "\(settings.pluginFolders.joined(separator: ", "))",
        "active": "\(listings.count { $0.state == .active })", "files": "\(listings.count)",
        "trust": "\(settings.trust.rawValue)",
      ])
    for id in host.missing(of: settings.requiredPlugins) {
      logger.error(
        "a required plugin is missing: the daemon is not ready", metadata: ["plugin": "\(id)"])
    }
    return host
  }

  private func serve(_ services: [any Service], _ drain: Drain) async throws(DuikouError) {
    var quiet = logger
    quiet.logLevel = max(.warning, logger.logLevel)
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
    configuration.maximumGracefulShutdownDuration = settings.drain
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch let error as DuikouError {
      throw error
    } catch  where drain.hasBegun {
      logger.warning("calls were cancelled: they did not end within the drain time")
    } catch {
      throw DuikouError(.unavailable, "the daemon cannot serve", cause: error)
    }
  }

  /// Ends the process when a plugin in it holds up the end of the daemon.
  private static func forceExit(after drain: Duration, logger: Logger) {
    let seconds = drain.components.seconds + grace.components.seconds
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Int(seconds))) {
      logger.error("a plugin in this process does not stop: ending without it")
      _exit(1)
    }
  }
}
