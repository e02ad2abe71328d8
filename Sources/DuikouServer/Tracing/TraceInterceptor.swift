import DuikouModel
import GRPCCore
import Tracing

/// Opens a span for each call, below the caller's where its headers name one, and passes it on: to spans
/// that are opened below it, and to the plugin in the header `traceparent`.
struct TraceInterceptor: ServerInterceptor {
  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>, context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
      StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let method = context.pluginCall?.descriptor ?? context.descriptor
    var caller = ServiceContext.current ?? .topLevel
    InstrumentationSystem.instrument.extract(
      request.metadata, into: &caller, using: MetadataCarrier())
    let span = startSpan("\(method)", context: caller, ofKind: .server)
    span.updateAttributes {
      $0["rpc.system"] = "grpc"
      $0["rpc.service"] = method.service.fullyQualifiedService
      $0["rpc.method"] = method.method
    }
    var request = request
    InstrumentationSystem.instrument.inject(
      span.context, into: &request.metadata, using: MetadataCarrier())
    return try await .telling({ Self.end(span, $0) }) { [request] in
      try await ServiceContext.withValue(span.context) { try await next(request, context) }
        .producing { produce in
          try await ServiceContext.withValue(span.context) { try await produce() }
        }
    }
  }

  private static func end(_ span: any Span, _ status: CallStatus) {
    span.attributes["rpc.grpc.status_code"] = Int64(status.code.rawValue)
    if status.code != .ok { span.setStatus(SpanStatus(code: .error, message: status.message)) }
    span.end()
  }
}

/// Headers as the carrier of a trace's context.
struct MetadataCarrier: Extractor, Injector {
  func extract(key: String, from metadata: Metadata) -> String? {
    metadata.first(key)
  }

  func inject(_ value: String, forKey key: String, into metadata: inout Metadata) {
    metadata.replaceOrAddString(value, forKey: key)
  }
}
