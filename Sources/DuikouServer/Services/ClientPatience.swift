import DuikouModel
import GRPCCore
import Synchronization

/// Waits for what a client sends and takes, but not for ever, and not while the daemon stops.
struct ClientPatience: Sendable {
  let drain: Drain
  /// The longest wait for one message to come, or for what answers it to go.
  var longest = Duration.seconds(60)
  /// The same while the daemon stops.
  var longestAtEnd = Duration.seconds(1)

  /// Whether a stream was read to its end.
  enum End: Sendable {
    case ofStream
    /// Nothing came or went for too long.
    case ofPatience
    /// Nothing came or went while the daemon stopped.
    case ofDaemon
  }

  /// Calls `body` with each message. Throws what it throws, and what the stream fails with.
  func read<Message: Sendable>(
    _ messages: RPCAsyncSequence<Message, any Error>,
    _ body: @escaping @Sendable (Message) async throws -> Void
  ) async throws -> End {
    let last = LastMoment()
    return try await withThrowingTaskGroup(of: End.self) { group in
      group.addTask {
        for try await message in messages {
          last.set()
          try await body(message)
          last.set()
        }
        return .ofStream
      }
      group.addTask {
        while true {
          try await Task.sleep(for: .milliseconds(200))
          let idle = last.idle
          if drain.hasBegun, idle > longestAtEnd { return .ofDaemon }
          if idle > longest { return .ofPatience }
        }
      }
      defer { group.cancelAll() }
      return try await group.next() ?? .ofStream
    }
  }
}

/// Since when nothing has come or gone.
private final class LastMoment: Sendable {
  private let since = Mutex(ContinuousClock.now)

  var idle: Duration { since.withLock { ContinuousClock.now - $0 } }

  func set() { since.withLock { $0 = .now } }
}
