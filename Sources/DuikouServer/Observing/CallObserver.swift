import CDuikouRuntime
import CoreMetrics
import DuikouModel
import GRPCCore
import Logging

/// Counts and times every call, and writes it into the access log.
///
/// A method that does not exist counts as `unknown`, so that clients cannot fill the memory with names.
struct CallObserver: ServerInterceptor {
  static let help = [
    "duikou_calls_total": "Calls that have ended, by service, method and status code.",
    "duikou_call_seconds": "How long calls took, from the request's header to the last byte.",
    "duikou_calls_running": "Calls that are running.",
  ]

  let metrics: any MetricsFactory
  /// Nil where calls are not logged.
  let logger: Logger?

  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>, context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
      StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let call = Call(context, request.metadata, metrics)
    return try await .telling({ end(call, $0) }) { try await next(request, context) }
  }

  /// A call that runs.
  private struct Call: Sendable {
    let service: String
    let method: String
    let peer: String
    let traceParent: TraceParent?
    let start = dkr_now_ns()
    private let end: EndOfCall

    init(_ context: ServerContext, _ metadata: Metadata, _ metrics: any MetricsFactory) {
      var descriptor = context.descriptor
      var isKnown = true
      if let target = context.pluginCall {
        descriptor = target.descriptor
        if case .failure = target.method { isKnown = false }
      }
      service = isKnown ? descriptor.service.fullyQualifiedService : "unknown"
      method = isKnown ? descriptor.method : "unknown"
      peer = context.remotePeer
      traceParent = metadata.first(TraceParent.header).flatMap(TraceParent.init)
      let running = Meter(label: "duikou_calls_running", dimensions: [], factory: metrics)
      running.increment()
      end = EndOfCall { running.decrement() }
    }
  }

  private func end(_ call: Call, _ status: CallStatus) {
    let elapsed = dkr_now_ns() - call.start
    let labels = [("service", call.service), ("method", call.method)]
    Counter(
      label: "duikou_calls_total", dimensions: labels + [("code", status.code.description)],
      factory: metrics
    ).increment()
    Timer(label: "duikou_call_seconds", dimensions: labels, factory: metrics)
      .recordNanoseconds(elapsed)
    guard let logger else { return }
    var metadata: Logger.Metadata = [
      "service": "\(call.service)", "method": "\(call.method)", "code": "\(status.code)",
      "ms": "\(Double(elapsed / 1000) / 1000)", "peer": "\(call.peer)",
    ]
    if let traceParent = call.traceParent { metadata["traceparent"] = "\(traceParent)" }
    if !status.message.isEmpty { metadata["reason"] = "\(status.message)" }
    logger.info("call", metadata: metadata)
  }
}
