import DuikouAPI
import DuikouModel
import GRPCCore

/// `grpc.health.v1.Health`: the daemon as a whole and each of its services serve until it stops.
struct HealthService: Grpc_Health_V1_Health.SimpleServiceProtocol {
  let drain: Drain

  private static let services: Set = [
    "", Duikou_V1_Documents.descriptor.fullyQualifiedService,
    Duikou_V1_Analyses.descriptor.fullyQualifiedService,
    Duikou_V1_Plugins.descriptor.fullyQualifiedService,
  ]

  func check(
    request: Grpc_Health_V1_HealthCheckRequest, context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthCheckResponse {
    guard Self.services.contains(request.service) else {
      throw DuikouError(.notFound, "there is no service \(request.service)")
    }
    return response(drain.hasBegun ? .notServing : .serving)
  }

  func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response writer: RPCWriter<Grpc_Health_V1_HealthCheckResponse>, context: ServerContext
  ) async throws {
    guard Self.services.contains(request.service) else {
      try await writer.write(response(.serviceUnknown))
      try await context.cancellation.cancelled
      return
    }
    try await writer.write(response(drain.hasBegun ? .notServing : .serving))
    try await context.cancellation.cancelled
    if drain.hasBegun { try await writer.write(response(.notServing)) }
  }

  private func response(
    _ status: Grpc_Health_V1_HealthCheckResponse.ServingStatus
  ) -> Grpc_Health_V1_HealthCheckResponse {
    var response = Grpc_Health_V1_HealthCheckResponse()
    response.status = status
    return response
  }
}
