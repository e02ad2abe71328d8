import Dispatch
import DuikouModel
import Foundation
import Synchronization

/// Threads for work that blocks or takes long: the pools of Swift's tasks and of Dispatch are for the
/// rest of the program, and would stand still.
///
/// Threads are started when they are needed, and end when they have not been for a while.
public final class BlockingThreads: Sendable {
  private let gate: CallGate
  private let core: Core

  /// For the calls of one plugin.
  convenience init(callsOf plugin: String) { self.init(name: plugin, width: 64) }

  /// At most `width` pieces of work run at once; the others wait in line.
  public init(name: String, width: Int) {
    gate = CallGate(width: width)
    core = Core(name: name)
  }

  /// Runs `body` on one of the threads. `body` looks at its `Interruption` where it takes long.
  ///
  /// Throws what it throws, or `cancelled` where the task is cancelled before it begins.
  public func run<Value: Sendable>(
    _ body: @escaping @Sendable (Interruption) throws(DuikouError) -> Value
  ) async throws(DuikouError) -> Value {
    let interruption = Interruption()
    return try await withCancellation { () throws(DuikouError) in
      try await run(before: nil) { () throws(DuikouError) in try body(interruption) }
    } onCancel: {
      interruption.cancel()
    }
  }

  /// The same for a call with a deadline, which counts while it waits in line.
  func run<Value: Sendable>(
    before deadline: Deadline?, _ body: @escaping @Sendable () throws(DuikouError) -> Value
  ) async throws(DuikouError) -> Value {
    try await enter(before: deadline)
    defer { leave() }
    return try await perform(body)
  }

  /// Takes a place among those who may work, which `leave` gives back.
  func enter(before deadline: Deadline?) async throws(DuikouError) {
    try await gate.enter(before: deadline)
  }

  func leave() { gate.leave() }

  /// Runs `body` on a thread for who has a place, and waits for it.
  func perform<Value: Sendable>(
    _ body: @escaping @Sendable () throws(DuikouError) -> Value
  ) async throws(DuikouError) -> Value {
    let result: Result<Value, DuikouError> = await withUnsafeContinuation { continuation in
      core.perform {
        continuation.resume(returning: Result { () throws(DuikouError) in try body() })
      }
    }
    return try result.get()
  }

  /// Lets idle threads end now, and the others when they have nothing to do.
  func close() { core.close() }

  /// Runs `job` on a thread of its own, without a place in the line.
  func perform(_ job: @escaping @Sendable () -> Void) { core.perform(job) }
}

/// Says that nobody waits for a piece of work any more.
public final class Interruption: Sendable {
  private let isSet = Atomic(false)

  public init() {}

  public func cancel() { isSet.store(true, ordering: .relaxed) }

  /// Throws `cancelled` once nobody waits any more.
  public func check() throws(DuikouError) {
    if isSet.load(ordering: .relaxed) {
      throw DuikouError(.cancelled, "nobody waits for the result any more")
    }
  }
}

/// What the threads share.
private final class Core: Sendable {
  private struct State {
    var jobs: [@Sendable () -> Void] = []
    /// Threads that wait and have not been given a job yet.
    var idle = 0
    var isClosed = false
  }

  private static let idleTime = DispatchTimeInterval.seconds(10)
  private static let stackSize = 8 << 20

  private let name: String
  private let state = Mutex(State())
  /// One signal for each job in `jobs`, and for each thread that is to end.
  private let ready = DispatchSemaphore(value: 0)

  init(name: String) { self.name = name }

  func perform(_ job: @escaping @Sendable () -> Void) {
    let isTaken = state.withLock { state in
      guard state.idle > 0 else { return false }
      state.idle -= 1
      state.jobs.append(job)
      return true
    }
    guard !isTaken else {
      ready.signal()
      return
    }
    let thread = Thread {
      job()
      while let next = self.next() { next() }
    }
    thread.name = name
    thread.stackSize = Self.stackSize
    thread.start()
  }

  func close() {
    let idle = state.withLock { state in
      defer { state.idle = 0 }
      state.isClosed = true
      return state.idle
    }
    for _ in 0..<idle { ready.signal() }
  }

  /// The next job; nil when none has come for a while, or none is to be waited for.
  private func next() -> (@Sendable () -> Void)? {
    let isWaiting = state.withLock { state in
      guard !state.isClosed else { return false }
      state.idle += 1
      return true
    }
    guard isWaiting else { return nil }
    while ready.wait(timeout: .now() + Self.idleTime) == .timedOut {
      let isDone = state.withLock { state in
        // A job that has been appended in the meantime has its signal still to come.
        guard state.jobs.isEmpty, !state.isClosed else { return false }
        state.idle -= 1
        return true
      }
      if isDone { return nil }
    }
    return state.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
  }
}
