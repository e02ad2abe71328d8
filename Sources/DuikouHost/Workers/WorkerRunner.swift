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
  private let queue: DispatchQueue

  init(
    _ description: PluginDescription, file: PluginFile, program: WorkerProgram,
    limits: WorkerLimits, failures: FailureBook, logger: Logger
  ) {
    self.description = description
    self.failures = failures
    queue = DispatchQueue(label: "duikou.\(description.id)", attributes: .concurrent)
    pool = WorkerPool(
      program: program, file: file, limits: limits, label: description.id, logger: logger,
      queue: queue)
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
    let gate = gates[request.method]
    await gate?.enter()
    defer { gate?.leave() }
    let deadline = Deadline(after: request.timeout)
    let wait = try failures.admit(request, of: description.id, deadline: deadline)
    if wait > 0 { try? await Task.sleep(for: .nanoseconds(wait)) }
    let running = RunningCall()
    let result: Result<CallResult, DuikouError> = await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        queue.async {
          continuation.resume(
            returning: Result { () throws(DuikouError) in
              try self.run(request, running, deadline: deadline)
            })
        }
      }
    } onCancel: {
      running.cancel(on: queue)
    }
    return try result.get()
  }

  func callBlocking(_ request: CallRequest) throws(DuikouError) -> CallResult {
    guard description.methods.indices.contains(request.method) else {
      throw DuikouError(.unimplemented, "\(description.id) has no method \(request.method)")
    }
    let gate = gates[request.method]
    gate?.enterBlocking()
    defer { gate?.leave() }
    let deadline = Deadline(after: request.timeout)
    let wait = try failures.admit(request, of: description.id, deadline: deadline)
    if wait > 0 { usleep(UInt32(clamping: wait / 1000)) }
    return try run(request, RunningCall(), deadline: deadline)
  }

  /// Runs the call on the current thread, and waits until it has ended.
  private func run(
    _ request: CallRequest, _ running: RunningCall, deadline: Deadline?
  ) throws(DuikouError) -> CallResult {
    let name = "\(description.id)/\(description.methods[request.method].name)"
    let worker: WorkerProcess
    do throws(DuikouError) {
      worker = try pool.take()
    } catch {
      if error.code == .unavailable || error.code == .deadlineExceeded {
        failures.failed(error.message, document: nil)
      }
      throw DuikouError(error.code, "\(name): \(error.message)", cause: error.cause)
    }
    let receiver = CallReceiver(request, writes: description.methods[request.method])
    let start = dkr_now_ns()
    running.began(worker, on: queue)
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
      throw end(error, of: worker, name, request, wasCancelled: running.isCancelled)
    }
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

  func began(_ worker: WorkerProcess, on queue: DispatchQueue) {
    let isCancelled = state.withLock { state in
      state.worker = worker
      return state.isCancelled
    }
    if isCancelled { tell(on: queue) }
  }

  /// Called before the worker is given back: nothing reaches it any more.
  func ended() { state.withLock { $0.worker = nil } }

  func cancel(on queue: DispatchQueue) {
    state.withLock { $0.isCancelled = true }
    tell(on: queue)
  }

  /// Tells the plugin, and kills the worker where it does not listen.
  private func tell(on queue: DispatchQueue) {
    state.withLock { $0.worker?.cancel() }
    queue.asyncAfter(deadline: .now() + Self.grace) {
      self.state.withLock { $0.worker?.kill() }
    }
  }
}
