/// Does something when nothing holds it any more: at the end of a call, however it ends. gRPC may drop a
/// response without asking for its messages.
final class EndOfCall: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  deinit { body() }
}
