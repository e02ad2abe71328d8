import GRPCCore

/// A transport that leads calls of plugins' methods to one handler, which gRPC's router, fixed at the
/// start, could not find.
///
/// The method is looked up once, when the call arrives: it stays what it was while plugins come and go.
struct MethodTransport<Base: ServerTransport>: ServerTransport {
  typealias Bytes = Base.Bytes

  let base: Base
  let catalog: MethodCatalog

  func configure(context: GRPCServerContext) { base.configure(context: context) }

  func beginGracefulShutdown() { base.beginGracefulShutdown() }

  func listen(
    streamHandler:
      @escaping @Sendable (RPCStream<Inbound, Outbound>, ServerContext) async -> Void
  ) async throws {
    try await base.listen { [catalog] stream, context in
      guard let target = PluginCallTarget(stream.descriptor, in: catalog) else {
        return await streamHandler(stream, context)
      }
      var context = context
      context.transportSpecific = target
      await streamHandler(
        RPCStream(
          descriptor: PluginMethodsService.descriptor, inbound: stream.inbound,
          outbound: stream.outbound), context)
    }
  }
}

/// What a call of a plugin's service has found.
struct PluginCallTarget: ServerContext.TransportSpecific {
  /// The method, or why there is none.
  let method: Result<PluginMethod, any Error>
  let descriptor: MethodDescriptor

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
