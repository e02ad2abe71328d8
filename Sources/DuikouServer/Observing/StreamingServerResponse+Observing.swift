import GRPCCore

extension StreamingServerResponse {
  /// The response with its messages produced within `body`, which calls what it is given.
  func producing(
    _ body:
      @escaping @Sendable (_ produce: () async throws -> Metadata) async throws -> Metadata
  ) -> Self {
    guard case .success(var contents) = accepted else { return self }
    var response = self
    let produce = contents.producer
    contents.producer = { writer in try await body { try await produce(writer) } }
    response.accepted = .success(contents)
    return response
  }

  /// The response that `body` makes. `ended` hears how the call ends: there, or behind the messages.
  static func telling(
    _ ended: @escaping @Sendable (CallStatus) -> Void, _ body: () async throws -> Self
  ) async throws -> Self {
    let response = try await told(ended, body)
    if case .failure(let error) = response.accepted { ended(CallStatus(error)) }
    return response.producing { produce in
      let trailers = try await told(ended, produce)
      ended(.ok)
      return trailers
    }
  }

  private static func told<Value>(
    _ ended: (CallStatus) -> Void, _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch {
      ended(CallStatus(error))
      throw error
    }
  }
}
