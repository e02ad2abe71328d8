import DuikouModel
import GRPCCore

/// A call of a method of which no code is generated: bytes in, bytes out.
public struct DynamicCall: Sendable {
  /// What comes before the end, in this order.
  public enum Event: Sendable {
    case initialMetadata(Metadata)
    case message([UInt8])
  }

  private let method: MethodDescriptor
  private let metadata: Metadata
  private let deadline: Duration?
  private let largestMessage: Int

  /// `service` is a full name; the call ends with `DEADLINE_EXCEEDED` when `deadline` has passed, and
  /// with `RESOURCE_EXHAUSTED` where an answer has more than `largestMessage` bytes.
  public init(
    service: String, method: String, metadata: Metadata = [:], deadline: Duration? = nil,
    largestMessage: Int = 64 << 20
  ) {
    self.largestMessage = largestMessage
    self.method = MethodDescriptor(fullyQualifiedService: service, method: method)
    self.metadata = metadata
    self.deadline = deadline
  }

  /// Sends the requests and hands over what comes, one after the other, until the call ends.
  ///
  /// Only what `onEvent` throws is thrown; it ends the call.
  public func run(
    over connection: DaemonConnection, requests: [[UInt8]],
    onEvent: @escaping @Sendable (Event) async throws(DuikouError) -> Void
  ) async throws(DuikouError) -> CallOutcome {
    var options = CallOptions.defaults
    options.timeout = deadline
    // The transport takes the one limit for the other.
    options.maxRequestMessageBytes = max(largestMessage, requests.map(\.count).max() ?? 0)
    options.maxResponseMessageBytes = options.maxRequestMessageBytes
    let request = StreamingClientRequest<[UInt8]>(metadata: metadata) { writer in
      for message in requests {
        // A server may end the call before it has read everything: its status says why.
        do { try await writer.write(message) } catch { return }
      }
    }
    let result: Result<CallOutcome, DuikouError>
    do {
      result = try await connection.client.bidirectionalStreaming(
        request: request, descriptor: method, serializer: MessageBytes(),
        deserializer: MessageBytes(), options: options
      ) { response in
        do throws(DuikouError) {
          return .success(try await Self.read(response, onEvent))
        } catch {
          return .failure(error)
        }
      }
    } catch {
      result = .success(CallOutcome(error))
    }
    return try result.get()
  }

  private static func read(
    _ response: StreamingClientResponse<[UInt8]>,
    _ onEvent: @Sendable (Event) async throws(DuikouError) -> Void
  ) async throws(DuikouError) -> CallOutcome {
    let contents: StreamingClientResponse<[UInt8]>.Contents
    switch response.accepted {
    case .success(let accepted): contents = accepted
    case .failure(let error): return CallOutcome(error)
    }
    try await onEvent(.initialMetadata(contents.metadata))
    var parts = contents.bodyParts.makeAsyncIterator()
    var trailing: Metadata = [:]
    while true {
      let part: StreamingClientResponse<[UInt8]>.Contents.BodyPart?
      do { part = try await parts.next() } catch { return CallOutcome(error) }
      switch part {
      case .message(let bytes): try await onEvent(.message(bytes))
      case .trailingMetadata(let metadata): trailing = metadata
      case nil: return CallOutcome(trailingMetadata: trailing)
      }
    }
  }
}
