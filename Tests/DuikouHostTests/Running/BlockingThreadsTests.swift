import Dispatch
import DuikouModel
import Glibc
import Synchronization
import Testing

@testable import DuikouHost

@Suite("Threads for work that blocks")
struct BlockingThreadsTests {
  /// Holds each who comes until so many have come: with fewer places nobody would go on.
  private final class Meeting: Sendable {
    private let size: Int
    private let arrived = Atomic(0)
    private let isComplete = DispatchSemaphore(value: 0)

    init(of size: Int) { self.size = size }

    func wait() {
      if arrived.add(1, ordering: .relaxed).newValue % size == 0 {
        for _ in 0..<size { isComplete.signal() }
      }
      isComplete.wait()
    }
  }

  @Test("do as much at once as they are wide, and all of it", .timeLimit(.minutes(1)))
  func width() async throws {
    let threads = BlockingThreads(name: "test", width: 3)
    let meter = Meter()
    let meeting = Meeting(of: 3)
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<30 {
        group.addTask {
          try await threads.run { _ in
            meter.toggle(number)
            meeting.wait()
            meter.toggle(number)
            return number
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == (0..<30).reduce(0, +))
    #expect(meter.most == 3)
  }

  @Test(
    "leave Swift's own alone: as many as those may block, and tasks go on", .timeLimit(.minutes(1)))
  func cooperativePool() async throws {
    let threads = BlockingThreads(name: "test", width: 64)
    let release = DispatchSemaphore(value: 0)
    let blocked = (0..<64).map { _ in Task { try await threads.run { _ in release.wait() } } }
    for _ in 0..<100 { await Task.yield() }
    for _ in 0..<64 { release.signal() }
    for task in blocked { try await task.value }
  }

  @Test("tell the work that nobody waits for it any more")
  func interruption() async throws {
    let threads = BlockingThreads(name: "test", width: 1)
    let (begun, begin) = AsyncStream<Void>.makeStream()
    let task = Task {
      try await threads.run { (interruption) throws(DuikouError) in
        begin.yield()
        while true {
          try interruption.check()
          usleep(1000)
        }
      }
    }
    for await _ in begun { break }
    // What stands in line behind it goes at once.
    let waiting = Task { try await threads.run { _ in 1 } }
    waiting.cancel()
    let second = await waiting.result
    #expect(throws: DuikouError.self) { try second.get() }
    task.cancel()
    let first = await task.result
    let error = #expect(throws: DuikouError.self) { try first.get() }
    #expect(error?.code == .cancelled)
    let last = try await threads.run { _ in 2 }
    #expect(last == 2)
  }
}
