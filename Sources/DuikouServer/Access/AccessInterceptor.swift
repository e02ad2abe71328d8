import CDuikouRuntime
import DuikouModel
import GRPCCore
import GRPCProtobuf
import Logging
import Synchronization

/// Lets in whoever may call, as often as they may. What it refuses is logged with the reason.
///
/// Who connects by the Unix socket has passed the file's permissions and may do everything; where the
/// configuration has tokens, every other caller needs one.
final class AccessInterceptor: ServerInterceptor {
  private let tokens: [AccessToken]
  private let limits: Mutex<ClientLimits>
  private let logger: Logger

  init(tokens: [AccessToken], limits: ClientLimits, logger: Logger) {
    self.tokens = tokens
    self.limits = Mutex(limits)
    self.logger = logger
  }

  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>, context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
      StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let target = context.transportSpecific as? PluginCallTarget
    let method = target?.descriptor ?? context.descriptor
    let needed = target == nil ? Role.needed(for: method) : .analyst
    let client: String
    do throws(DuikouError) {
      client = try admit(context.remotePeer, request.metadata, needed)
    } catch {
      refuse(method, context.remotePeer, error.message)
      throw error
    }
    let place = try begin(client, method)
    var response = try await next(request, context)
    if case .success(var contents) = response.accepted {
      let produce = contents.producer
      contents.producer = { writer in
        defer { withExtendedLifetime(place) {} }
        return try await produce(writer)
      }
      response.accepted = .success(contents)
    }
    return response
  }

  /// The name under which a caller is counted. Throws `unauthenticated` or `permissionDenied`.
  private func admit(
    _ peer: String, _ metadata: Metadata, _ needed: Role
  ) throws(DuikouError) -> String {
    guard !peer.hasPrefix("unix:") else { return "unix" }
    guard !tokens.isEmpty else { return Self.host(of: peer) }
    guard let header = metadata.first("authorization"),
      header.lowercased().hasPrefix("bearer ")
    else {
      throw DuikouError(
        .unauthenticated, "a token is needed here: send the header authorization: Bearer TOKEN")
    }
    let token = header.dropFirst("bearer ".count)
    guard let known = tokens.first(where: { $0.accepts(token) }) else {
      throw DuikouError(.unauthenticated, "the token is not known here: ask the operator for one")
    }
    guard known.role >= needed else {
      throw DuikouError(
        .permissionDenied,
        "\(known.name) is \(known.role.rawValue); this method is for \(needed.rawValue)s")
    }
    return known.name
  }

  private func begin(_ client: String, _ method: MethodDescriptor) throws -> EndOfCall {
    let verdict = limits.withLock { $0.begin(client, now: dkr_now_ns()) }
    let (reason, delay): (String, Duration)
    switch verdict {
    case .admitted: return EndOfCall { self.limits.withLock { $0.end(client) } }
    case .tooManyRunning:
      (reason, delay) = ("\(client) has too many calls running: wait for one to end", .seconds(1))
    case .tooFast(let nanoseconds):
      (reason, delay) = ("\(client) calls too often: wait a moment", .nanoseconds(nanoseconds))
    }
    refuse(method, client, reason)
    throw GoogleRPCStatus(
      code: .resourceExhausted, message: reason, details: [.retryInfo(delay: delay)])
  }

  private func refuse(_ method: MethodDescriptor, _ client: String, _ reason: String) {
    logger.notice(
      "call refused",
      metadata: ["method": "\(method)", "client": "\(client)", "reason": "\(reason)"])
  }

  /// `ipv4:127.0.0.1:5000` is `127.0.0.1`: a client has many ports.
  private static func host(of peer: String) -> String {
    let parts = peer.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let colon = parts[1].lastIndex(of: ":") else { return peer }
    return String(parts[1][..<colon])
  }
}
