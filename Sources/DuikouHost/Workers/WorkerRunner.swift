import CDuikou
import CDuikouRuntime
import Dispatch
import DuikouModel
import Glibc
import Logging
import Synchronization

/// Runs a plugin in workers: whatever it does, the host goes on.
final class WorkerRunner: PluginRunner {
  let description: PluginDescription
  let isolation = Isolation.worker

  private let pool: WorkerPool
  private let failures: FailureBook
  private let gates: [CallGate?]
  /// By method: the row sizes of the types that it writes.
  private let written: [[UInt32: Int]]
  private let threads: BlockingThreads

  /// Calls of one plugin that run at once, each in a worker of its own.
  private static let width = 64

  init(
    _ description: PluginDescription, file: PluginFile, program: WorkerProgram,
    limits: WorkerLimits, failures: FailureBook, logger: Logger
  ) {
    self.description = description
    self.failures = failures
    written = description.methods.map(\.writtenRowSizes)
    threads = BlockingThreads(name: description.id, width: Self.width)
    pool = WorkerPool(
      program: program, file: file, limits: limits, label: description.id, logger: logger,
      threads: threads)
    gates = description.methods.map { $0.concurrency > 0 ? CallGate(width: $0.concurrency) : nil }
  }

  deinit {
    pool.close()
  }

  /// Gives the runner a worker that is ready.
  func adopt(_ worker: WorkerProcess) { pool.add(worker) }

  func shutDown() async { pool.close() }

  func call(_ request: CallRequest) async throws(DuikouError) -> CallResult {
    guard description.methods.indices.contains(request.method) else {
      throw DuikouError(.unimplemented, "\(description.id) has no method \(request.method)")
    }
    let deadline = Deadline(after: request.timeout)
    let gate = gates[request.method]
    try await gate?.enter(before: deadline)
    defer { gate?.leave() }
    let wait = try failures.admit(request, of: description.id, deadline: deadline)
    if wait > 0 { try? await Task.sleep(for: .nanoseconds(wait)) }
    let running = RunningCall()
    let result: Result<CallResult, DuikouError> = await withTaskCancellationHandler {
      do throws(DuikouError) {
        return .success(
          try await threads.run(before: deadline) { () throws(DuikouError) in
            try self.run(request, running, deadline: deadline)
          })
      } catch {
        return .failure(error)
      }
    } onCancel: {
      running.cancel()
    }
    return try result.get()
  }

  func callBlocking(_ request: CallRequest) throws(DuikouError) -> CallResult {
    guard description.methods.indices.contains(request.method) else {
      throw DuikouError(.unimplemented, "\(description.id) has no method \(request.method)")
    }
    let deadline = Deadline(after: request.timeout)
    let gate = gates[request.method]
    try gate?.enterBlocking(before: deadline)
    defer { gate?.leave() }
    let wait = try failures.admit(request, of: description.id, deadline: deadline)
    if wait > 0 { usleep(UInt32(clamping: wait / 1000)) }
    return try run(request, RunningCall(), deadline: deadline)
  }

  /// Runs the call on the current thread, and waits until it has ended.
  private func run(
    _ request: CallRequest, _ running: RunningCall, deadline: Deadline?
  ) throws(DuikouError) -> CallResult {
    let method = description.methods[request.method].name
    let worker = try takeWorker(for: method)
    let receiver = CallReceiver(
      request, of: method, rowSizes: written[request.method], deadline: deadline,
      isCancelled: { running.isCancelled })
    let start = dkr_now_ns()
    worker.begin()
    guard running.began(worker) else {
      pool.giveBack(worker, inputBytes: 0, outputBytes: 0)
      throw DuikouError(.cancelled, "the call was cancelled")
    }
    do throws(CallFailure) {
      try worker.call(request, receiver: receiver, deadline: deadline)
      running.ended()
      let elapsed = UInt64(max(0, dkr_now_ns() - start))
      failures.succeeded(document: request.document)
      pool.giveBack(
        worker, inputBytes: request.image.size, outputBytes: receiver.takenBytes)
      return CallResult(deltas: receiver.deltas, elapsedNanoseconds: elapsed)
    } catch {
      running.ended()
      throw end(
        error, of: worker, "\(description.id)/\(method)", request,
        wasCancelled: running.isCancelled)
    }
  }

  /// A worker for a call. Only what the plugin does at its start counts as its failure.
  private func takeWorker(for method: String) throws(DuikouError) -> WorkerProcess {
    let reason: DuikouError
    do throws(StartFailure) {
      return try pool.take()
    } catch {
      switch error {
      case .host(let error): reason = error
      case .plugin(let error):
        reason = error
        failures.failed(error.message, document: nil)
      }
    }
    throw DuikouError(
      reason.code, "\(description.id)/\(method): \(reason.message)", cause: reason.cause)
  }

  /// Notes how a call failed, and decides what becomes of its worker.
  private func end(
    _ failure: CallFailure, of worker: WorkerProcess, _ name: String, _ request: CallRequest,
    wasCancelled: Bool
  ) -> DuikouError {
    switch failure {
    case .failed(let error):
      failures.succeeded(document: request.document)
      pool.giveBack(worker, inputBytes: request.image.size, outputBytes: 0)
      return error
    case .broken(let error):
      worker.kill()
      failures.failed(error.message, document: request.document)
      pool.prepareSpare()
      return error
    case .lost(let error) where wasCancelled:
      pool.prepareSpare()
      return DuikouError(.cancelled, "the call was cancelled", cause: error)
    case .lost(let error), .late(let error):
      let document = request.documentName.map { ", reading \($0)" } ?? ""
      let sentence = "\(name): \(error.message)\(document)"
      failures.failed(error.message, document: request.document)
      pool.prepareSpare()
      return DuikouError(error.code, sentence)
    }
  }
}

/// The worker that a call runs in, while it does: what a cancellation reaches.
private final class RunningCall: Sendable {
  private struct State {
    var worker: WorkerProcess?
    var isCancelled = false
  }

  private let state = Mutex(State())
  private static let grace = DispatchTimeInterval.milliseconds(50)

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Returns false where the call was cancelled before.
  func began(_ worker: WorkerProcess) -> Bool {
    state.withLock { state in
      guard !state.isCancelled else { return false }
      state.worker = worker
      return true
    }
  }

  /// Called before the worker is given back: nothing reaches it any more.
  func ended() { state.withLock { $0.worker = nil } }

  /// Tells the plugin, and kills the worker where it does not listen.
  func cancel() {
    let isRunning = state.withLock { state in
      state.isCancelled = true
      state.worker?.cancel()
      return state.worker != nil
    }
    guard isRunning else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace) {
      self.state.withLock { $0.worker?.kill() }
    }
  }
}
