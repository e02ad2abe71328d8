import DuikouAPI
import DuikouModel
import GRPCCore
import GRPCNIOTransportCore
import GRPCNIOTransportHTTP2TransportServices
import Logging
import ServiceLifecycle

/// The gRPC servers of the daemon, one for each address, over the same services.
struct Servers: Service {
  typealias Socket = HTTP2ServerTransport.Custom<SocketListener>
  typealias Transport = MethodTransport<Socket>

  private let servers: [(address: DaemonAddress, transport: Socket, server: GRPCServer<Transport>)]
  private let drain: Drain
  private let logger: Logger
  private let onDrain: @Sendable () -> Void

  /// `onDrain` is called when the daemon is told to stop.
  init(
    addresses: [DaemonAddress], services: [any RegistrableRPCService], catalog: MethodCatalog,
    interceptors: [any ServerInterceptor], drain: Drain, logger: Logger,
    onDrain: @escaping @Sendable () -> Void
  ) {
    servers = addresses.map { address in
      let socket = Socket(
        listenerFactory: SocketListener(address: address), config: Self.configuration)
      let transport = MethodTransport(base: socket, catalog: catalog)
      return (
        address, socket,
        GRPCServer(transport: transport, services: services, interceptors: interceptors)
      )
    }
    self.drain = drain
    self.logger = logger
    self.onDrain = onDrain
  }

  /// Serves until it is told to stop, and then until the running calls have ended.
  func run() async throws {
    try await withGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (address, transport, server) in servers {
          group.addTask { try await server.serve() }
          group.addTask {
            if await transport.listeningAddress != nil {
              logger.info("serving", metadata: ["address": "\(address)"])
            }
          }
        }
        try await group.waitForAll()
      }
    } onGracefulShutdown: {
      logger.info("stopping: running calls may end")
      drain.begin()
      onDrain()
      for (_, _, server) in servers { server.beginGracefulShutdown() }
    }
  }

  private static var configuration: Socket.Config {
    var configuration = Socket.Config.defaults
    // Without a limit that clients are told, the connection breaks at the 101st call.
    configuration.http2.maxConcurrentStreams = 100
    configuration.rpc.maxRequestPayloadSize = 2 * PluginCall.longestRequest
    // Waiting for more to send costs 170 µs a call, which a local socket does not repay.
    configuration.connection.flushCoalescing = nil
    return configuration
  }
}
