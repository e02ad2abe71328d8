import Dispatch
import DuikouModel
import Foundation
import Synchronization
import Testing

@testable import DuikouServer

@Suite("A queue of pieces")
struct PieceQueueTests {
  private func put(_ queue: PieceQueue, _ byte: UInt8) throws {
    try withUnsafeBytes(of: byte) { try queue.put($0) }
  }

  @Test("gives the pieces in their order")
  func order() async {
    let queue = PieceQueue(patience: .seconds(600))
    DispatchQueue.global().async {
      for byte in UInt8(0)..<100 { try? put(queue, byte) }
      queue.finish()
    }
    var bytes: [UInt8] = []
    for await piece in queue { bytes += piece }
    #expect(bytes == Array(0..<100))
  }

  @Test("cuts what is too long for a message")
  func long() async {
    let queue = PieceQueue(patience: .seconds(600))
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 1000) }
    DispatchQueue.global().async {
      try? bytes.withUnsafeBytes { try queue.put(long: $0) }
      queue.finish()
    }
    var pieces: [Data] = []
    for await piece in queue { pieces.append(piece) }
    #expect(pieces.map(\.count) == [262_144, 262_144, 262_144, 213_568])
    #expect(pieces.flatMap { $0 } == bytes)
  }

  @Test("does not let the producer wait for ever")
  func patience() async {
    let queue = PieceQueue(patience: .milliseconds(10))
    let error = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var error: DuikouError?
        for byte in UInt8(0)..<20 where error == nil {
          do { try put(queue, byte) } catch let thrown { error = thrown as? DuikouError }
        }
        continuation.resume(returning: error)
      }
    }
    #expect(error?.code == .cancelled)
  }

  @Test("lets the producer wait for the consumer")
  func backPressure() async throws {
    let queue = PieceQueue(patience: .seconds(600))
    let count = Mutex(0)
    DispatchQueue.global().async {
      for byte in UInt8(0)..<20 {
        try? put(queue, byte)
        count.withLock { $0 += 1 }
      }
      queue.finish()
    }
    var taken = 0
    for await _ in queue {
      taken += 1
      #expect(count.withLock { $0 } <= taken + 4)
    }
    #expect(taken == 20)
  }

  @Test("frees a producer whose consumer is gone")
  func closed() async throws {
    let queue = PieceQueue(patience: .seconds(600))
    let failed = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        do throws(DuikouError) {
          while true {
            try withUnsafeBytes(of: 1) { (bytes) throws(DuikouError) in try queue.put(bytes) }
          }
        } catch {
          continuation.resume(returning: error.code)
        }
      }
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { queue.close() }
    }
    #expect(failed == .cancelled)
  }
}
