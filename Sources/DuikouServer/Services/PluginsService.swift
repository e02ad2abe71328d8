import DuikouAPI
import DuikouHost
import GRPCCore

/// `duikou.v1.Plugins`.
struct PluginsService: Duikou_V1_Plugins.SimpleServiceProtocol {
  let archive: Archive
  let audit: AuditTrail

  private var host: PluginHost { archive.host }

  func listPlugins(
    request: Duikou_V1_ListPluginsRequest, context: ServerContext
  ) async throws -> Duikou_V1_ListPluginsResponse {
    let registry = host.registry
    var response = Duikou_V1_ListPluginsResponse()
    response.plugins = host.listings.map { Duikou_V1_Plugin($0, schema: registry.schema) }
    return response
  }

  func releasePlugin(
    request: Duikou_V1_ReleasePluginRequest, context: ServerContext
  ) async throws -> Duikou_V1_ReleasePluginResponse {
    try await archive.release(request.id)
    await audit.record(.pluginReleased, by: context.caller, over: request.id, "")
    return Duikou_V1_ReleasePluginResponse()
  }
}
