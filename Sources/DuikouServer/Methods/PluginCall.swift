import CDuikouRuntime
import DuikouHost
import DuikouModel
import DuikouPipeline
import DuikouWire
import Foundation
import GRPCCore
import GRPCNIOTransportCore
import GRPCNIOTransportHTTP2Posix
import Tracing

/// One call of a plugin's method by a client.
struct PluginCall: Sendable {
  let method: PluginMethod
  /// When it arrived, by CLOCK_MONOTONIC.
  let start: Int64
  let pipeline: Pipeline
  let limits: Limits
  let memory: RequestMemory

  /// Bytes of a message that is decoded and encoded on the spot; more is for the pipeline's threads.
  private static let smallMessage = 64 << 10
  /// Bytes of the longest request. The transport takes more, so that there is somebody to say so.
  static let longestRequest = 4 << 20

  func respond(
    to request: StreamingServerRequest<RawMessage>, _ context: ServerContext, _ drain: Drain
  ) async throws -> StreamingServerResponse<RawMessage> {
    let timeout = GRPCTimeout(request.metadata)?.duration
    let message = try await told(timeout) {
      try await drain.whileWanted(by: context) { try await Self.onlyMessage(of: request) }
    }
    let headers: Metadata = [
      "duikou-plugin": "\(method.method.plugin.id) \(method.method.plugin.versionText)"
    ]
    return StreamingServerResponse(metadata: headers) { writer in
      try await told(timeout) {
        try await drain.whileWanted(by: context) {
          let (image, held) = try await decode(message)
          defer { withExtendedLifetime(held) {} }
          let call = makeRequest(image, request.metadata, timeout)
          let result =
            method.contract.isStreaming
            ? try await stream(call, to: writer) : try await answer(call, to: writer)
          return PluginMetadata.trailers(result)
        }
      }
    }
  }

  /// What is left of a client's time.
  private func rest(of timeout: Duration) -> Duration {
    max(.zero, timeout - .nanoseconds(dkr_now_ns() - start))
  }

  /// Runs a part of the call; what it fails with is told to the client.
  private func told<Value>(
    _ timeout: Duration?, _ body: () async throws -> Value
  ) async throws -> Value {
    var failure: DuikouError
    do {
      return try await body()
    } catch let error as DuikouError {
      failure = error
    } catch let error as RPCError where error.code != .unavailable {
      throw error
    } catch {
      // However gRPC and the network say it: nobody is there to take the answer.
      failure = DuikouError(.cancelled, "the call was cancelled", cause: error)
    }
    // gRPC cancels the call at its deadline as well, and may be the first.
    if failure.code == .cancelled, let timeout, rest(of: timeout) == .zero {
      failure = DuikouError(.deadlineExceeded, "the client's deadline has passed")
    }
    throw failure.detailed([
      "plugin": method.method.plugin.id, "version": method.method.plugin.versionText,
      "method": method.method.description.name,
    ])
  }

  /// The one message of a request.
  private static func onlyMessage(
    of request: StreamingServerRequest<RawMessage>
  ) async throws -> RawMessage {
    var messages = request.messages.makeAsyncIterator()
    guard let message = try await messages.next() else {
      throw DuikouError(.invalidArgument, "the call ended without a request: send one message")
    }
    guard message.bytes.count <= longestRequest else {
      throw DuikouError(
        .resourceExhausted,
        "the request has \(message.bytes.count) bytes; \(longestRequest) are allowed: send less at "
          + "once, or put documents in with duikou.v1.Documents/PutDocument")
    }
    guard try await messages.next() == nil else {
      throw DuikouError(.invalidArgument, "the method takes one message; more were sent")
    }
    return message
  }

  /// The request as an image, and the memory that was taken for it before it was made.
  private func decode(
    _ message: RawMessage
  ) async throws(DuikouError) -> (image: Image, held: EndOfCall?) {
    let decoder = method.contract.decoder
    let limit = limits.imageBytes
    @Sendable func decode() throws(DuikouError) -> (image: Image, held: EndOfCall?) {
      let result = message.bytes.withUnsafeBytes { bytes in
        Result { () throws(DuikouError) in
          var held: EndOfCall?
          let image = try decoder.decode(bytes, limit: limit) { (size) throws(DuikouError) in
            held = try memory.take(size)
          }
          return (image: image, held: held)
        }
      }
      return try result.get()
    }
    guard message.bytes.count > Self.smallMessage else { return try decode() }
    return try await pipeline.threads.run { (_) throws(DuikouError) in try decode() }
  }

  private func makeRequest(
    _ image: Image, _ metadata: Metadata, _ timeout: Duration?
  ) -> CallRequest {
    var call = CallRequest(
      method: method.method.index, image: image, schema: method.registry.schema,
      timeout: limits.callTimeout)
    if let timeout, rest(of: timeout) < limits.callTimeout {
      call.timeout = rest(of: timeout)
      call.isImpatient = true
    }
    call.metadata = PluginMetadata.list(metadata)
    call.budget = ImageBudget(limits.imageBytes, schema: method.registry.schema)
    return call
  }

  /// Runs the plugin, in a span of its own.
  private func run(_ call: CallRequest) async throws -> CallResult {
    try await withSpan("plugin") { span in
      span.updateAttributes {
        $0["duikou.plugin"] = method.method.plugin.id
        $0["duikou.plugin.version"] = method.method.plugin.versionText
      }
      return try await method.method.runner.call(call)
    }
  }

  private func answer(
    _ call: CallRequest, to writer: RPCWriter<RawMessage>
  ) async throws -> CallResult {
    let result = try await run(call)
    let encoder = method.contract.encoder
    @Sendable func encode() throws(DuikouError) -> RawMessage {
      try encoder.encode(result.deltas, over: call.image) {
        RawMessage(bytes: GRPCNIOTransportBytes($0))
      }
    }
    let size = result.deltas.reduce(0) { $0 + $1.byteCount }
    let message =
      size <= Self.smallMessage
      ? try encode()
      : try await pipeline.threads.run { (_) throws(DuikouError) in try encode() }
    try await writer.write(message)
    return result
  }

  /// Sends rows as the plugin flushes them; it waits while a few messages are under way.
  private func stream(
    _ call: CallRequest, to writer: RPCWriter<RawMessage>
  ) async throws -> CallResult {
    let encoder = method.contract.encoder
    return try await PieceQueue.transfer { messages in
      var call = call
      let image = call.image
      call.onDelta = { (delta) throws(DuikouError) in
        try encoder.encode(delta, over: image) { (bytes) throws(DuikouError) in
          try messages.put(bytes)
        }
      }
      return try await run(call)
    } send: { bytes in
      try await writer.write(RawMessage(bytes: GRPCNIOTransportBytes(bytes)))
    }
  }
}
