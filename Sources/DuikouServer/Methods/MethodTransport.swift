import CDuikouRuntime
import DuikouModel
import GRPCCore

/// A transport that notes where each call comes from, lets none through that would end the daemon, and
/// leads calls of plugins' methods to one handler, which gRPC's router, fixed at the start, could not find.
/// Calls of methods that are nobody's go there too, so that they pass through the interceptors.
///
/// The method is looked up once, when the call arrives: it stays what it was while plugins come and go.
struct MethodTransport<Base: ServerTransport>: ServerTransport {
  typealias Bytes = Base.Bytes

  let base: Base
  let catalog: MethodCatalog
  /// The methods of the daemon's own services.
  let own: Set<MethodDescriptor>
  /// By which way its callers come, from what the base transport knows of the connection.
  let origin: @Sendable (ServerContext) -> CallerOrigin

  func configure(context: GRPCServerContext) { base.configure(context: context) }

  func beginGracefulShutdown() { base.beginGracefulShutdown() }

  func listen(
    streamHandler:
      @escaping @Sendable (RPCStream<Inbound, Outbound>, ServerContext) async -> Void
  ) async throws {
    try await base.listen { [catalog, own, origin] stream, context in
      var (stream, context) = (stream, context)
      stream.inbound = GRPCTimeout.withoutBad(stream.inbound)
      let target =
        own.contains(stream.descriptor)
        ? nil : PluginCallTarget(stream.descriptor, in: catalog)
      context.transportSpecific = CallContext(origin: origin(context), target: target)
      if let target {
        stream.descriptor = PluginMethodsService.descriptor
        if !target.isStreaming {
          stream.outbound = RPCWriter.Closable(wrapping: WholeResponse(stream.outbound))
        }
      }
      await streamHandler(stream, context)
    }
  }
}

/// What a call of a plugin's service has found.
struct PluginCallTarget: Sendable {
  /// The method, or why there is none.
  let method: Result<PluginMethod, DuikouError>
  let descriptor: MethodDescriptor
  /// When the call arrived, by CLOCK_MONOTONIC.
  let start = dkr_now_ns()

  /// Whether the response may have many messages.
  var isStreaming: Bool {
    guard case .success(let method) = method else { return false }
    return method.contract.isStreaming
  }

  /// Looks for a method that is none of the daemon's own.
  init(_ descriptor: MethodDescriptor, in catalog: MethodCatalog) {
    self.descriptor = descriptor
    method =
      catalog.method(descriptor).map { .success($0) }
      ?? .failure(catalog.absence(of: descriptor))
  }
}
