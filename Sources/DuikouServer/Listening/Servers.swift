import DuikouAPI
import DuikouModel
import GRPCCore
import GRPCNIOTransportCore
import GRPCNIOTransportHTTP2Posix
import Logging
import NIOCore
import ServiceLifecycle
import X509

/// The gRPC servers of the daemon, one for each place where it listens, over the same services.
struct Servers: Service {
  private typealias Base = HTTP2ServerTransport.Posix

  private struct Listener: Sendable {
    let address: DaemonAddress
    let transport: Base
    let server: GRPCServer<MethodTransport<Base>>
  }

  private let listeners: [Listener]
  private let connections = ConnectionGuard()
  private let drain: Drain
  private let logger: Logger
  private let onDrain: @Sendable () -> Void

  /// Opens the sockets of the endpoints; `run` serves them. `onDrain` is called when the daemon is told
  /// to stop.
  ///
  /// Throws what an endpoint cannot be opened for, with what to do about it.
  init(
    endpoints: [Endpoint], services: [any RegistrableRPCService], catalog: MethodCatalog,
    interceptors: [any ServerInterceptor], drain: Drain, logger: Logger,
    onDrain: @escaping @Sendable () -> Void
  ) throws(DuikouError) {
    var router = RPCRouter<MethodTransport<Base>>()
    for service in services { service.registerMethods(with: &router) }
    let own = Set(router.methods).subtracting([PluginMethodsService.descriptor])
    var listeners: [Listener] = []
    for endpoint in endpoints {
      let transport = try Self.transport(for: endpoint, connections, logger)
      let server = GRPCServer(
        transport: MethodTransport(base: transport, catalog: catalog, own: own) {
          endpoint.origin(of: $0)
        },
        services: services, interceptors: interceptors)
      listeners.append(Listener(address: endpoint.address, transport: transport, server: server))
    }
    self.listeners = listeners
    self.drain = drain
    self.logger = logger
    self.onDrain = onDrain
  }

  /// Serves until it is told to stop, and then until the running calls have ended.
  func run() async throws {
    try await withGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for listener in listeners {
          group.addTask(executorPreference: LoopExecutor.shared) {
            do {
              try await listener.server.serve()
            } catch {
              throw DuikouError(
                .unavailable,
                "cannot serve at \(listener.address): is another program listening there?",
                cause: error)
            }
          }
          group.addTask {
            guard (try? await listener.transport.listeningAddress) != nil else { return }
            logger.info("serving", metadata: ["address": "\(listener.address)"])
          }
        }
        try await group.waitForAll()
      }
    } onGracefulShutdown: {
      logger.info("stopping: running calls may end")
      drain.begin()
      connections.close()
      onDrain()
      for listener in listeners { listener.server.beginGracefulShutdown() }
    }
  }

  private static func transport(
    for endpoint: Endpoint, _ connections: ConnectionGuard, _ logger: Logger
  ) throws(DuikouError) -> Base {
    var network = configuration
    network.connection.maxIdleTime = .seconds(1800)
    network.channelDebuggingCallbacks.onAcceptTCPConnection = { channel in
      connections.admit(channel).closingOnFailure(channel)
    }

    switch endpoint {
    case .ownSocket(let path):
      return socket(try UnixSocket.listen(at: path), for: endpoint, logger)
    case .sharedSocket(let path, let group):
      return socket(try UnixSocket.listen(at: path, group: group), for: endpoint, logger)
    case .loopback(let address):
      return Base(
        address: try address.resolved(), transportSecurity: .plaintext, config: network,
        eventLoopGroup: LoopExecutor.shared.group)
    case .tls(let address, let identity):
      return Base(
        address: try address.resolved(), transportSecurity: identity.security,
        config: network,
        eventLoopGroup: LoopExecutor.shared.group)
    }
  }

  private static func socket(
    _ descriptor: Int32, for endpoint: Endpoint, _ logger: Logger
  ) -> Base {
    var configuration = configuration
    configuration.channelDebuggingCallbacks.onAcceptTCPConnection = { channel in
      PeerCredentials.read(from: channel).flatMapThrowing { peer in
        try peer.check(at: endpoint, logger)
      }.closingOnFailure(channel)
    }
    return Base(
      listeningSocketDescriptor: Int(descriptor), transportSecurity: .plaintext,
      config: configuration, eventLoopGroup: LoopExecutor.shared.group)
  }

  private static var configuration: Base.Config {
    var configuration = Base.Config.defaults
    // Without a limit that clients are told, the connection breaks at the 101st call.
    configuration.http2.maxConcurrentStreams = 100
    configuration.rpc.maxRequestPayloadSize = 2 * PluginCall.longestRequest
    // Waiting for more to send costs 170 µs a call, which a local socket does not repay.
    configuration.connection.flushCoalescing = nil
    return configuration
  }
}

extension EventLoopFuture<Void> {
  /// A connection that is refused stays open otherwise.
  fileprivate func closingOnFailure(_ channel: any Channel) -> EventLoopFuture<Void> {
    whenFailure { _ in channel.close(promise: nil) }
    return self
  }
}

extension Endpoint {
  fileprivate func origin(of context: ServerContext) -> CallerOrigin {
    switch self {
    case .ownSocket: return .ownSocket
    case .sharedSocket: return .sharedSocket
    case .loopback: return .loopback
    case .tls:
      let connection = context.transportSpecific as? HTTP2ServerTransport.Posix.Context
      return .tls(certificate: connection?.peerCertificate.flatMap { $0.commonName })
    }
  }
}

extension Certificate {
  /// The subject's common name; nil where it has none, or several.
  fileprivate var commonName: String? {
    let names = subject.flatMap { Array($0) }.filter { $0.type == .RDNAttributeType.commonName }
    guard names.count == 1 else { return nil }
    return String(names[0].value)
  }
}

extension DaemonAddress {
  /// The network address of a TCP address. Throws `unavailable` for a name that leads nowhere.
  fileprivate func resolved() throws(DuikouError) -> GRPCNIOTransportCore.SocketAddress {
    guard case .tcp(let host, let port) = self else {
      throw DuikouError(.internalError, "\(self) is no TCP address")
    }
    do {
      switch try NIOCore.SocketAddress.makeAddressResolvingHost(host, port: port) {
      case let address where address.protocol == .inet6:
        return .ipv6(host: address.ipAddress ?? host, port: port)
      case let address:
        return .ipv4(host: address.ipAddress ?? host, port: port)
      }
    } catch {
      throw DuikouError(
        .unavailable, "\(host) is no address that this machine knows: check its spelling",
        cause: error)
    }
  }
}
