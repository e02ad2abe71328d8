import DuikouAPI
import DuikouModel
import GRPCCore
import GRPCNIOTransportCore
import GRPCNIOTransportHTTP2TransportServices
import NIOPosix

/// A connection to a daemon. Close it when it is no longer needed.
public final class DaemonConnection: Sendable {
  public typealias Transport = HTTP2ClientTransport.WrappedChannel

  public let client: GRPCClient<Transport>
  private let task: Task<Void, any Error>

  /// Connects. Throws `unavailable` when nobody listens there.
  public init(_ address: DaemonAddress) async throws(DuikouError) {
    do {
      // Other servers than this one's refuse requests that do not say whom they are for.
      let config = Transport.Config.defaults { $0.http2.authority = address.authority }
      let transport = try await Transport.wrapping(config: config) { configure in
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        switch address {
        case .unix(let path):
          return try await bootstrap.connect(unixDomainSocketPath: path) { configure($0) }
        case .tcp(let host, let port):
          return try await bootstrap.connect(host: host, port: port) { configure($0) }
        }
      }
      let client = GRPCClient(transport: transport)
      self.client = client
      task = Task { try await client.runConnections() }
    } catch {
      throw DuikouError(
        .unavailable, "no daemon answers at \(address): start duikoud, or check the address",
        cause: error)
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
    case let error as RPCError:
      self.init(
        StatusCode(rawValue: Int32(error.code.rawValue)) ?? .unknown, error.message,
        cause: error.cause)
    default: self.init(.unknown, "the call failed: \(error)")
    }
  }
}
