import DuikouAPI
import DuikouModel
import GRPCNIOTransportCore
import GRPCNIOTransportHTTP2TransportServices
import NIOCore
import NIOPosix

/// Listens for gRPC connections at one address, without TLS.
struct SocketListener: HTTP2ServerTransport.ListenerFactory {
  let address: DaemonAddress
  let eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton

  func makeListeningChannel(
    listenerConfigurator: HTTP2ServerTransport.ListenerConfigurator,
    connectionConfigurator: HTTP2ServerTransport.ConnectionConfigurator
  ) async throws -> NIOAsyncChannel<
    HTTP2ServerTransport.ConnectionConfigurator.ConnectionChannel, Never
  > {
    let bootstrap = ServerBootstrap(group: eventLoopGroup)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { listenerConfigurator.configure(channel: $0) }
    switch address {
    case .unix(let path):
      return try await bootstrap.bind(try UnixSocket.listen(at: path)) {
        connectionConfigurator.configure(channel: $0, tls: .none)
      }
    case .tcp(let host, let port):
      do {
        return try await bootstrap.bind(host: host, port: port) {
          connectionConfigurator.configure(channel: $0, tls: .none)
        }
      } catch {
        throw DuikouError(
          .unavailable, "cannot listen at \(address): is another program listening there?",
          cause: error)
      }
    }
  }
}
