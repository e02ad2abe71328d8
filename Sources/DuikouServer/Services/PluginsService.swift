import DuikouAPI
import DuikouHost
import DuikouModel
import DuikouStore
import GRPCCore

/// `duikou.v1.Plugins`.
struct PluginsService: Duikou_V1_Plugins.SimpleServiceProtocol {
  let archive: Archive
  let catalog: MethodCatalog
  let audit: AuditTrail
  let news: PluginNews
  let wishes: PluginWishes
  let upkeep: PluginUpkeep
  let patience: ClientPatience
  /// Ids of plugins without which the daemon is not ready.
  let required: [String]
  let trust: TrustPolicy
  /// The folder that plugins are installed into.
  let folder: String

  private var host: PluginHost { archive.host }

  /// The plugins of this moment. What is told as active can be called when this returns.
  private func listings() async -> [PluginListing] {
    let listings = host.listings
    if !catalog.isCurrent {
      try? await archive.pipeline.threads.run { (_) throws(DuikouError) in catalog.refresh() }
    }
    return listings
  }

  func listPlugins(
    request: Duikou_V1_ListPluginsRequest, context: ServerContext
  ) async throws -> Duikou_V1_ListPluginsResponse {
    var response = Duikou_V1_ListPluginsResponse()
    let listings = await listings()
    let registry = host.registry
    response.plugins = listings.map { Duikou_V1_Plugin($0, schema: registry.schema) }
    response.missing = host.missing(of: required)
    response.trust = trust.rawValue
    return response
  }

  func watchPlugins(
    request: Duikou_V1_WatchPluginsRequest,
    response writer: RPCWriter<Duikou_V1_WatchPluginsResponse>, context: ServerContext
  ) async throws {
    let drain = patience.drain
    try await drain.whileWanted(by: context) {
      var known: [PluginListing]?
      var number = -1
      while !drain.hasBegun, !Task.isCancelled {
        number = await news.wait(behind: number, atMost: .milliseconds(250))
        let now = await listings()
        try await tell(Self.changes(from: known, to: now), to: writer)
        known = now
      }
    }
  }

  private static func changes(
    from known: [PluginListing]?, to now: [PluginListing]
  ) -> [PluginChange] {
    guard let known else { return now.map { PluginChange(.present, $0) } }
    return PluginChange.changes(from: known, to: now)
  }

  private func tell(
    _ changes: [PluginChange], to writer: RPCWriter<Duikou_V1_WatchPluginsResponse>
  ) async throws {
    let schema = host.registry.schema
    for change in changes {
      var message = Duikou_V1_WatchPluginsResponse()
      message.change = .init(change.kind)
      message.plugin = Duikou_V1_Plugin(change.listing, schema: schema)
      try await writer.write(message)
    }
  }

  func installPlugin(
    request: RPCAsyncSequence<Duikou_V1_InstallPluginRequest, any Error>, context: ServerContext
  ) async throws -> Duikou_V1_InstallPluginResponse {
    let upload = PluginUpload(folder: folder)
    switch try await patience.read(request, { try upload.take($0.part) }) {
    case .ofStream: break
    case .ofPatience:
      throw DuikouError(
        .deadlineExceeded, "nothing came for \(patience.longest): send the plugin without pauses")
    case .ofDaemon:
      throw DuikouError(.unavailable, "the daemon stops: send the plugin again later")
    }
    let path = try await archive.pipeline.threads.run { (_) throws(DuikouError) in
      try upload.finish(host: host)
    }
    await upkeep.look()
    let listings = await listings()
    let registry = host.registry
    guard let listing = listings.first(where: { $0.path == path }) else {
      throw DuikouError(.aborted, "the file was removed from \(folder) as soon as it was there")
    }
    await audit.record(
      .pluginInstalled, by: context.caller, over: path,
      "\(listing.id ?? "") \(listing.versionText); sha256 \(listing.sha256)")
    var response = Duikou_V1_InstallPluginResponse()
    response.plugin = Duikou_V1_Plugin(listing, schema: registry.schema)
    return response
  }

  func enablePlugin(
    request: Duikou_V1_EnablePluginRequest, context: ServerContext
  ) async throws -> Duikou_V1_EnablePluginResponse {
    try await set(request.id, isDisabled: false, by: context.caller)
    return Duikou_V1_EnablePluginResponse()
  }

  func disablePlugin(
    request: Duikou_V1_DisablePluginRequest, context: ServerContext
  ) async throws -> Duikou_V1_DisablePluginResponse {
    try await set(request.id, isDisabled: true, by: context.caller)
    return Duikou_V1_DisablePluginResponse()
  }

  private func set(_ id: String, isDisabled: Bool, by caller: String) async throws {
    try await archive.pipeline.threads.run { (_) throws(DuikouError) in
      try wishes.set(id, isDisabled: isDisabled)
    }
    await upkeep.look()
    await audit.record(isDisabled ? .pluginDisabled : .pluginEnabled, by: caller, over: id, "")
  }

  func releasePlugin(
    request: Duikou_V1_ReleasePluginRequest, context: ServerContext
  ) async throws -> Duikou_V1_ReleasePluginResponse {
    try await archive.release(request.id)
    news.tell()
    await audit.record(.pluginReleased, by: context.caller, over: request.id, "")
    return Duikou_V1_ReleasePluginResponse()
  }
}

extension Duikou_V1_WatchPluginsResponse.Change {
  fileprivate init(_ kind: PluginChange.Kind) {
    self =
      switch kind {
      case .present: .present
      case .loaded: .loaded
      case .replaced: .replaced
      case .unused: .unused
      case .removed: .removed
      }
  }
}
