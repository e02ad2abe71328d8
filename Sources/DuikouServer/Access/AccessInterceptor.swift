import CDuikouRuntime
import DuikouModel
import GRPCCore
import GRPCProtobuf
import Synchronization

/// Lets in whoever may call, as often as they may. What it refuses goes into the audit with the reason.
final class AccessInterceptor: ServerInterceptor {
  private let policy: AccessPolicy
  private let limits: Mutex<ClientLimits>
  /// Whether the limits are for the daemon's own socket too.
  private let countsOwnSocket: Bool
  private let audit: AuditTrail

  init(policy: AccessPolicy, limits: ClientLimits, countsOwnSocket: Bool, audit: AuditTrail) {
    self.policy = policy
    self.limits = Mutex(limits)
    self.countsOwnSocket = countsOwnSocket
    self.audit = audit
  }

  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>, context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
      StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let method = context.pluginCall?.descriptor ?? context.descriptor
    // Callers choose the names of methods that there are not.
    let isKnown = context.pluginCall.map { (try? $0.method.get()) != nil } ?? true
    let name = isKnown ? "\(method)" : "unknown"
    let needed = context.pluginCall == nil ? Role.needed(for: method) : .analyst
    let host = Self.host(of: context.remotePeer)
    let origin = context.origin ?? .tls(certificate: nil)
    let (client, role): (String, Role)
    do throws(DuikouError) {
      (client, role) = try policy.admit(
        origin, authorization: request.metadata.first("authorization"), needed: needed)
    } catch {
      await audit.refused(
        name, to: host, isStranger: error.code == .unauthenticated, error.message)
      throw error
    }
    let place = origin == .ownSocket && !countsOwnSocket ? nil : try await begin(client, name)
    var known = context
    known.transportSpecific = CallContext(
      origin: origin, target: context.pluginCall, caller: client, role: role)
    return try await next(request, known).producing { produce in
      defer { withExtendedLifetime(place) {} }
      return try await produce()
    }
  }

  private func begin(_ client: String, _ method: String) async throws -> EndOfCall {
    let verdict = limits.withLock { $0.begin(client, now: dkr_now_ns()) }
    let (reason, delay): (String, Duration)
    switch verdict {
    case .admitted: return EndOfCall { self.limits.withLock { $0.end(client) } }
    case .tooManyRunning:
      (reason, delay) = ("\(client) has too many calls running: wait for one to end", .seconds(1))
    case .tooFast(let nanoseconds):
      (reason, delay) = ("\(client) calls too often: wait a moment", .nanoseconds(nanoseconds))
    }
    await audit.refused(method, to: client, isStranger: false, reason)
    throw GoogleRPCStatus(
      code: .resourceExhausted, message: reason, details: [.retryInfo(delay: delay)])
  }

  /// `ipv4:127.0.0.1:5000` is `127.0.0.1`: a client has many ports.
  private static func host(of peer: String) -> String {
    let parts = peer.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let colon = parts[1].lastIndex(of: ":") else { return peer }
    return String(parts[1][..<colon])
  }
}
