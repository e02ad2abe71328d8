import CDuikou
import DuikouModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A plugin's call, in time")
struct RunnerTimeTests: RunnerCases {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Says that it has heard: a worker that is killed cannot.
  private static let waits = """
    while (!dk_cancelled(call)) {}
    return call->fail(call, DK_CANCELLED, "heard", 5);
    """

  @Test("ends when its deadline passes", arguments: RunnerKind.allCases)
  func deadline(_ kind: RunnerKind) async throws {
    let runner = try runner(kind, CompiledPlugin.source(body: Self.waits))
    var messages: [String] = []
    // On a busy machine a worker may be killed before it has heard; not each time.
    while messages.count < 20, !messages.contains("heard") {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner, timeout: .milliseconds(50)) { $0.isImpatient = true }
      }
      #expect(error?.code == .deadlineExceeded)
      messages.append(error?.message ?? "")
    }
    #expect(messages.contains("heard"), "\(messages)")
  }

  @Test("ends when its caller goes away", arguments: RunnerKind.allCases)
  func cancellation(_ kind: RunnerKind) async throws {
    let runner = try runner(
      kind, CompiledPlugin.source(body: "call->progress(call, 1, 2); \(Self.waits)"))
    var messages: [String] = []
    while messages.count < 20, !messages.contains("heard") {
      let (inside, entered) = AsyncStream<Void>.makeStream()
      let task = Task {
        try await call(runner, timeout: nil) { request in
          request.onProgress = { _, _ in entered.yield() }
        }
      }
      // Cancelled at any point of its way the first time, later in the middle of the method.
      if !messages.isEmpty { for await _ in inside { break } }
      task.cancel()
      let result = await task.result
      let error = #expect(throws: DuikouError.self) { try result.get() }
      #expect(error?.code == .cancelled)
      messages.append(error?.message ?? "")
    }
    #expect(messages.contains("heard"), "\(messages)")
  }

  @Test("waits in line no longer than its deadline and its caller", arguments: RunnerKind.allCases)
  func waitingInLine(_ kind: RunnerKind) async throws {
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        body: "call->progress(call, 1, 2); \(Self.waits)", method: ", .concurrency = 1"))
    let (inside, entered) = AsyncStream<Void>.makeStream()
    let first = Task {
      try await call(runner, timeout: nil) { $0.onProgress = { _, _ in entered.yield() } }
    }
    for await _ in inside { break }
    let late = await #expect(throws: DuikouError.self) {
      try await call(runner, timeout: .milliseconds(20))
    }
    #expect(late?.code == .deadlineExceeded)
    let third = Task { try await call(runner, timeout: nil) }
    third.cancel()
    let cancelled = await third.result
    let error = #expect(throws: DuikouError.self) { try cancelled.get() }
    #expect(error?.code == .cancelled)
    first.cancel()
    _ = await first.result
    // Both have left the line: a place is free for the next.
    let last = await #expect(throws: DuikouError.self) {
      try await call(runner, timeout: .milliseconds(50))
    }
    #expect(last?.message.contains("ahead of it") == false)
  }

  @Test("is not the plugin's failure where its time was up before it began")
  func lateBeginning() async throws {
    let runner = try runner(
      .worker, CompiledPlugin.source(body: "while (call->image) {} return DK_OK;"))
    for _ in 0..<6 {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner, timeout: .zero) { $0.document = "a" }
      }
      #expect(error?.code == .deadlineExceeded)
      #expect(throws: DuikouError.self) {
        try runner.callBlocking(
          CallRequest(method: 0, image: try image(), schema: .domain, timeout: .zero))
      }
    }
  }

  @Test("is not the plugin's failure where its caller gave it less time than others do")
  func impatience() async throws {
    let runner = try runner(
      .worker, CompiledPlugin.source(body: "while (call->image) {} return DK_OK;"))
    for _ in 0..<6 {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner, timeout: .milliseconds(1)) { $0.isImpatient = true }
      }
      #expect(error?.code == .deadlineExceeded)
    }
  }

  @Test("ends at its deadline also while it flushes without end")
  func endlessFlushes() async throws {
    let runner = try runner(
      .worker,
      CompiledPlugin.source(
        body: """
          while (call->image) {
            (void)call->append(call, DK_PLACE, 1, NULL);
            (void)call->flush(call);
          }
          return DK_OK;
          """))
    let error = await #expect(throws: DuikouError.self) {
      try await call(runner, timeout: .milliseconds(100)) { $0.onDelta = { _ in } }
    }
    #expect(error?.code == .deadlineExceeded)
  }

  @Test("is told by flush that its time is up", arguments: [RunnerKind.worker])
  func lateFlush(_ kind: RunnerKind) async throws {
    let runner = try runner(
      kind,
      CompiledPlugin.source(
        body: """
          for (;;) {
            dk_status status = call->flush(call);
            if (status != DK_OK) return status;
          }
          """))
    var messages: [String] = []
    // On a busy machine it may be killed before it is told; not each time.
    while messages.count < 20, messages.last.map({ $0.contains("killed") }) ?? true {
      let error = await #expect(throws: DuikouError.self) {
        try await call(runner, timeout: .milliseconds(50)) { request in
          request.isImpatient = true
          request.onDelta = { _ in }
        }
      }
      #expect(error?.code == .deadlineExceeded)
      messages.append(error?.message ?? "")
    }
    #expect(messages.last?.contains("killed") == false, "\(messages)")
  }

  @Test("is not late where it has waited for whoever takes its rows")
  func slowReceiver() async throws {
    let runner = try runner(
      .worker,
      CompiledPlugin.source(
        body: """
          for (int i = 0; i < 5; i++) {
            if (!call->append(call, DK_PLACE, 1, NULL)) return DK_INTERNAL;
            dk_status status = call->flush(call);
            if (status != DK_OK) return status;
          }
          return DK_OK;
          """))
    let taken = Mutex(0)
    _ = try await call(runner, timeout: .seconds(2)) { request in
      request.onDelta = { _ in
        let isFirst = taken.withLock { taken in
          taken += 1
          return taken == 1
        }
        // Longer than the whole call may take.
        if isFirst { usleep(2_100_000) }
      }
    }
    #expect(taken.withLock { $0 } == 5)
  }
}
