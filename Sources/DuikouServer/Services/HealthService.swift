import DuikouAPI
import DuikouHost
import DuikouModel
import DuikouWire
import GRPCCore

/// `grpc.health.v1.Health`: each of the daemon's services serves until it stops, and the daemon as a whole
/// while the plugins that it requires are used as well; a plugin, by its id or its service, serves while it
/// is used and not in quarantine.
struct HealthService: Grpc_Health_V1_Health.SimpleServiceProtocol {
  let drain: Drain
  let host: PluginHost
  /// Ids of plugins without which the daemon as a whole does not serve.
  let required: [String]

  private static let services: Set = [
    "", Duikou_V1_Documents.descriptor.fullyQualifiedService,
    Duikou_V1_Analyses.descriptor.fullyQualifiedService,
    Duikou_V1_Plugins.descriptor.fullyQualifiedService,
    Duikou_V1_Audit.descriptor.fullyQualifiedService,
    Grpc_Health_V1_Health.descriptor.fullyQualifiedService,
    "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
  ]

  func check(
    request: Grpc_Health_V1_HealthCheckRequest, context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthCheckResponse {
    guard let status = status(of: request.service) else {
      throw DuikouError(.notFound, "there is no service or plugin \(request.service)")
    }
    return response(status)
  }

  func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response writer: RPCWriter<Grpc_Health_V1_HealthCheckResponse>, context: ServerContext
  ) async throws {
    var last: Grpc_Health_V1_HealthCheckResponse.ServingStatus?
    while true {
      // Read first: a drain that begins behind it is told by the next round.
      let isLast = drain.hasBegun || context.cancellation.isCancelled
      let now = status(of: request.service) ?? .serviceUnknown
      if now != last { try await writer.write(response(now)) }
      last = now
      if isLast { return }
      await wait(context)
    }
  }

  /// How a plugin is changes with what it does, so it is looked at again and again.
  private func wait(_ context: ServerContext) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { try? await context.cancellation.cancelled }
      group.addTask { try? await Task.sleep(for: .milliseconds(200)) }
      await group.next()
      group.cancelAll()
    }
  }

  /// Nil for a name that is nobody's.
  private func status(
    of service: String
  ) -> Grpc_Health_V1_HealthCheckResponse.ServingStatus? {
    let id = ServiceContract.plugin(ofService: service) ?? service
    let plugin = host.listings.first { $0.id == id && $0.state != .shadowed }
    guard Self.services.contains(service) || plugin != nil else { return nil }
    let isServing =
      !drain.hasBegun && (plugin.map { $0.state == .active } ?? true)
      && (!service.isEmpty || host.missing(of: required).isEmpty)
    return isServing ? .serving : .notServing
  }

  private func response(
    _ status: Grpc_Health_V1_HealthCheckResponse.ServingStatus
  ) -> Grpc_Health_V1_HealthCheckResponse {
    var response = Grpc_Health_V1_HealthCheckResponse()
    response.status = status
    return response
  }
}
