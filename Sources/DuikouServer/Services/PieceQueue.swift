import Dispatch
import DuikouModel
import Foundation
import Synchronization

/// Takes pieces from a thread that may block, and gives them to a task that may not.
///
/// One producer, one consumer. The producer waits while `capacity` pieces are under way.
final class PieceQueue: AsyncSequence, Sendable {
  private static let capacity = 4
  /// Bytes of a piece of something long: clients take messages of 4 MiB.
  private static let pieceBytes = 256 << 10

  private let stream: AsyncStream<Data>
  private let continuation: AsyncStream<Data>.Continuation
  private let room = DispatchSemaphore(value: 0)
  private let isClosed = Atomic(false)
  private let patience: DispatchTimeInterval

  /// `patience` is how long the producer waits for the consumer to take one piece.
  init(patience: DispatchTimeInterval = .seconds(30)) {
    self.patience = patience
    (stream, continuation) = AsyncStream.makeStream()
    // Dispatch traps when a semaphore goes away with less than it began with: begin with nothing.
    for _ in 0..<Self.capacity { room.signal() }
  }

  /// Lets `produce` put pieces and `send` take them, until both are done.
  ///
  /// What was put before `produce` failed is sent first. Throws what either fails with.
  static func transfer<Value: Sendable>(
    _ produce: @escaping @Sendable (PieceQueue) async throws -> Value,
    send: @escaping @Sendable (Data) async throws -> Void
  ) async throws -> Value {
    let pieces = PieceQueue()
    return try await withThrowingTaskGroup(of: Result<Value, any Error>?.self) { group in
      group.addTask {
        defer { pieces.finish() }
        do {
          return .success(try await produce(pieces))
        } catch {
          return .failure(error)
        }
      }
      group.addTask {
        defer { pieces.close() }
        for await piece in pieces { try await send(piece) }
        return nil
      }
      let result = try await group.reduce(nil) { $0 ?? $1 }
      guard let result else { throw CancellationError() }
      return try result.get()
    }
  }

  /// Puts a copy of what may be long, in pieces that clients take.
  func put(long bytes: UnsafeRawBufferPointer) throws(DuikouError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      try put(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.pieceBytes)))
      rest = rest.dropFirst(Self.pieceBytes)
    }
  }

  /// Puts a copy of some bytes, and waits for room. Throws `cancelled` once the consumer is gone, or
  /// has not taken anything for too long.
  func put(_ bytes: UnsafeRawBufferPointer) throws(DuikouError) {
    guard room.wait(timeout: .now() + patience) == .success else {
      throw DuikouError(.cancelled, "the receiver has not taken anything for too long")
    }
    guard !isClosed.load(ordering: .acquiring) else {
      room.signal()
      throw DuikouError(.cancelled, "the receiver is gone")
    }
    continuation.yield(Data(bytes))
  }

  /// Ends the sequence behind what was put.
  func finish() { continuation.finish() }

  /// Says that nobody takes pieces any more; a producer that waits goes on.
  func close() {
    isClosed.store(true, ordering: .releasing)
    room.signal()
  }

  struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate var base: AsyncStream<Data>.Iterator
    fileprivate let room: DispatchSemaphore
    fileprivate var isFirst = true

    /// The next piece; asking for it says that the one before has been sent.
    mutating func next() async -> Data? {
      if !isFirst { room.signal() }
      isFirst = false
      return await base.next()
    }
  }

  func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(base: stream.makeAsyncIterator(), room: room)
  }
}
