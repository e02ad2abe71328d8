import Dispatch
import Glibc
import Synchronization
import Testing

@testable import DuikouHost

@Suite("The watch over descriptors")
struct DescriptorWatchTests {
  /// What one watched pipe has told.
  private final class Reader: Sendable {
    let ends: PipeEnds
    private let state = Mutex<(bytes: Int, isEnded: Bool, isClosed: Bool)>((0, false, false))

    init() throws { ends = try PipeEnds() }

    var bytes: Int { state.withLock { $0.bytes } }
    var isEnded: Bool { state.withLock { $0.isEnded } }

    func read() -> DescriptorWatch.Next {
      state.withLock { state in
        guard !state.isClosed else { return .end }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(ends.read, &buffer, buffer.count)
        if count > 0 { state.bytes += count }
        state.isEnded = count == 0
        return state.isEnded ? .end : .wait
      }
    }

    func closeReadEnd() {
      state.withLock { state in
        state.isClosed = true
        close(ends.read)
      }
    }

    func write(_ count: Int) {
      let bytes = [UInt8](repeating: 1, count: count)
      _ = Glibc.write(ends.write, bytes, count)
    }
  }

  /// Waits until something is so, at most as long as the runner lets a case take.
  private func wait(until isSo: () -> Bool) async throws {
    while !isSo() { try await Task.sleep(for: .milliseconds(2)) }
  }

  @Test("tells what arrives, and that the other end is closed", .timeLimit(.minutes(1)))
  func reading() async throws {
    let watch = try DescriptorWatch.shared(.output)
    let reader = try Reader()
    watch.add(reader.ends.read) { reader.read() }
    reader.write(10)
    try await wait { reader.bytes == 10 }
    reader.write(5)
    try await wait { reader.bytes == 15 }
    close(reader.ends.write)
    try await wait { reader.isEnded }
    close(reader.ends.read)
  }

  @Test("calls nobody who was removed, whatever becomes of the descriptor")
  func removing() async throws {
    let watch = try DescriptorWatch.shared(.output)
    let (gone, other) = (try Reader(), try Reader())
    watch.remove(watch.add(gone.ends.read) { gone.read() })
    // The number now names another pipe, which is readable at once.
    dup2(other.ends.read, gone.ends.read)
    watch.add(other.ends.read) { other.read() }
    other.write(1)
    try await wait { other.bytes == 1 }
    #expect(gone.bytes == 0)
    for end in [gone.ends.read, gone.ends.write, other.ends.write] { close(end) }
    try await wait { other.isEnded }
    close(other.ends.read)
  }

  @Test("lets one pause while others are heard", .timeLimit(.minutes(1)))
  func pausing() async throws {
    let watch = try DescriptorWatch.shared(.output)
    let (slow, fast) = (try Reader(), try Reader())
    let calls = Atomic<Int>(0)
    let id = watch.add(slow.ends.read) {
      calls.add(1, ordering: .relaxed)
      return .pause(nanoseconds: 3_600_000_000_000)
    }
    watch.add(fast.ends.read) { fast.read() }
    slow.write(1)
    try await wait { calls.load(ordering: .relaxed) == 1 }
    for count in 1...20 {
      fast.write(1)
      try await wait { fast.bytes == count }
    }
    #expect(calls.load(ordering: .relaxed) == 1)
    watch.remove(id)
    for end in [slow.ends.read, slow.ends.write, fast.ends.write] { close(end) }
    try await wait { fast.isEnded }
    close(fast.ends.read)
  }

  @Test("hears of workers' ends while the log blocks", .timeLimit(.minutes(1)))
  func kinds() async throws {
    let (stuck, ended) = (try Reader(), try Reader())
    let release = DispatchSemaphore(value: 0)
    let isStuck = Atomic(false)
    try DescriptorWatch.shared(.output).add(stuck.ends.read) {
      isStuck.store(true, ordering: .relaxed)
      release.wait()
      return .end
    }
    stuck.write(1)
    try await wait { isStuck.load(ordering: .relaxed) }
    try DescriptorWatch.shared(.ends).add(ended.ends.read) { ended.read() }
    ended.write(1)
    try await wait { ended.bytes == 1 }
    release.signal()
    close(ended.ends.write)
    try await wait { ended.isEnded }
    for end in [stuck.ends.write, ended.ends.read] { close(end) }
  }

  @Test("bears descriptors that come and go on many threads", .timeLimit(.minutes(1)))
  func churn() async throws {
    let watch = try DescriptorWatch.shared(.output)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for round in 0..<100 {
            let reader = try Reader()
            let id = watch.add(reader.ends.read) { reader.read() }
            reader.write(3)
            close(reader.ends.write)
            if round % 3 == 0 {
              watch.remove(id)
            } else {
              while !reader.isEnded { try await Task.sleep(for: .milliseconds(1)) }
              #expect(reader.bytes == 3)
            }
            reader.closeReadEnd()
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
