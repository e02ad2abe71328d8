import CDuikouRuntime
import DuikouModel
import GRPCCore

/// A transport that notes where each call comes from, lets none through that would end the daemon, and
/// leads calls of plugins' methods to one handler, which gRPC's router, fixed at the start, could not find.
///
/// The method is looked up once, when the call arrives: it stays what it was while plugins come and go.
struct MethodTransport<Base: ServerTransport>: ServerTransport {
  typealias Bytes = Base.Bytes

  let base: Base
  let catalog: MethodCatalog
  /// By which way its callers come, from what the base transport knows of the connection.
  let origin: @Sendable (ServerContext) -> CallerOrigin

  func configure(context: GRPCServerContext) { base.configure(context: context) }

  func beginGracefulShutdown() { base.beginGracefulShutdown() }

  func listen(
    streamHandler:
      @escaping @Sendable (RPCStream<Inbound, Outbound>, ServerContext) async -> Void
  ) async throws {
    try await base.listen { [catalog, origin] stream, context in
      var (stream, context) = (stream, context)
      stream.inbound = Self.withoutBadTimeouts(stream.inbound)
      let target = PluginCallTarget(stream.descriptor, in: catalog)
      context.transportSpecific = CallContext(origin: origin(context), target: target)
      if target != nil { stream.descriptor = PluginMethodsService.descriptor }
      await streamHandler(stream, context)
    }
  }

  /// gRPC's server traps on a timeout below zero (grpc-swift-2 2.4.3, `Timeout`).
  private static func withoutBadTimeouts(_ inbound: Inbound) -> Inbound {
    RPCAsyncSequence(
      wrapping: inbound.map { part in
        guard case .metadata(var metadata) = part,
          metadata[stringValues: GRPCTimeout.header].contains(where: { GRPCTimeout($0) == nil })
        else { return part }
        metadata.removeAllValues(forKey: GRPCTimeout.header)
        return .metadata(metadata)
      })
  }
}

/// What a call of a plugin's service has found.
struct PluginCallTarget: Sendable {
  /// The method, or why there is none.
  let method: Result<PluginMethod, DuikouError>
  let descriptor: MethodDescriptor
  /// When the call arrived, by CLOCK_MONOTONIC.
  let start = dkr_now_ns()

  /// Nil for services that are no plugin's.
  init?(_ descriptor: MethodDescriptor, in catalog: MethodCatalog) {
    self.descriptor = descriptor
    if let found = catalog.method(descriptor) {
      method = .success(found)
    } else if let error = catalog.absence(of: descriptor) {
      method = .failure(error)
    } else {
      return nil
    }
  }
}
