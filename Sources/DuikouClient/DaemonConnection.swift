import DuikouAPI
import DuikouModel
import GRPCCore
import GRPCNIOTransportCore
import GRPCNIOTransportHTTP2Posix
import NIOCore
import NIOPosix
import NIOSSL

/// A connection to a daemon. Close it when it is no longer needed.
public final class DaemonConnection: Sendable {
  public typealias Transport = HTTP2ClientTransport.WrappedChannel

  public let client: GRPCClient<Transport>
  private let task: Task<Void, any Error>

  /// Connects. Throws `unavailable` when nobody listens there, `failedPrecondition` for credentials that
  /// do not serve.
  public init(
    _ address: DaemonAddress, credentials: ClientCredentials = ClientCredentials()
  ) async throws(DuikouError) {
    try credentials.check(for: address)
    let security = try credentials.context()
    do {
      // Other servers than this one's refuse requests that do not say whom they are for.
      let config = Transport.Config.defaults { $0.http2.authority = address.authority }
      let transport = try await Transport.wrapping(config: config) { configure in
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        switch address {
        case .unix(let path):
          return try await bootstrap.connect(unixDomainSocketPath: path) { configure($0) }
        case .tcp(let host, let port):
          return try await bootstrap.connect(host: host, port: port) { channel in
            Self.secure(channel, host, security).flatMap { configure(channel) }
          }
        }
      }
      let client = GRPCClient(
        transport: transport,
        interceptors: credentials.token.map { [TokenInterceptor(token: $0)] } ?? [])
      self.client = client
      task = Task { try await client.runConnections() }
    } catch {
      throw DuikouError(
        .unavailable, "no daemon answers at \(address): start duikoud, or check the address",
        cause: error)
    }
  }

  /// Speaks TLS on a connection, where there is a context.
  private static func secure(
    _ channel: any Channel, _ host: String, _ security: NIOSSLContext?
  ) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      guard let security else { return }
      // A certificate is made out to names; addresses stand in it too, but are not sent.
      let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
      try channel.pipeline.syncOperations.addHandler(
        NIOSSLClientHandler(context: security, serverHostname: isAddress ? nil : host))
    }
  }

  /// Ends the connection, and calls that are still running.
  public func close() async {
    // A client that is told to stop before its task has begun never takes up its channel, which NIO
    // answers with a trap; one that is cancelled does, and closes it.
    task.cancel()
    _ = await task.result
  }

  public var documents: Duikou_V1_Documents.Client<Transport> { .init(wrapping: client) }
  public var analyses: Duikou_V1_Analyses.Client<Transport> { .init(wrapping: client) }
  public var plugins: Duikou_V1_Plugins.Client<Transport> { .init(wrapping: client) }
  public var audit: Duikou_V1_Audit.Client<Transport> { .init(wrapping: client) }
  public var health: Grpc_Health_V1_Health.Client<Transport> { .init(wrapping: client) }
}

extension DaemonAddress {
  /// What HTTP/2's requests call the server.
  fileprivate var authority: String {
    switch self {
    case .unix: "localhost"
    case .tcp: description
    }
  }
}

extension DuikouError {
  /// What a call to a daemon failed with.
  public init(calling error: any Error) {
    switch error {
    case let error as DuikouError: self = error
    case let error as RPCError where error.message == "The channel was closed":
      self.init(
        .unavailable,
        "the server has ended the connection: it may speak TLS (--ca, --tls), or want another "
          + "certificate (--certificate, --key)", cause: error)
    case let error as RPCError:
      self.init(
        StatusCode(rawValue: Int32(error.code.rawValue)) ?? .unknown, error.message,
        cause: error.cause)
    default: self.init(.unknown, "the call failed: \(error)")
    }
  }
}
