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
  private let gates: MethodGates
  /// By method: the row sizes of the types that it writes.
  private let written: [[UInt32: Int]]
  private let threads: BlockingThreads
  private let running = Mutex<[ObjectIdentifier: RunningCall]>([:])

  init(
    _ description: PluginDescription, file: PluginFile, program: WorkerProgram,
    limits: WorkerLimits, configuration: Image? = nil, failures: FailureBook, logger: Logger
  ) {
    self.description = description
    self.failures = failures
    written = description.methods.map(\.writtenRowSizes)
    threads = BlockingThreads(callsOf: description.id)
    pool = WorkerPool(
      program: program, file: file, limits: limits, configuration: configuration,
      label: description.id, logger: logger, threads: threads)
    gates = MethodGates(description)
  }

  deinit {
    close()
  }

  /// Gives the runner a worker that is ready.
  func adopt(_ worker: WorkerProcess) { pool.add(worker) }

  var starts: Int { pool.starts }

  func rest() { pool.rest() }

  func close() {
    pool.close()
    threads.close()
  }

  func cut() {
    let calls = running.withLock { Array($0.values) }
    for call in calls { call.cut() }
  }

  /// A call that `cut` reaches, until `ended`.
  private func began() -> RunningCall {
    let call = RunningCall()
    running.withLock { $0[ObjectIdentifier(call)] = call }
    return call
  }

  private func ended(_ call: RunningCall) {
    running.withLock { $0[ObjectIdentifier(call)] = nil }
  }

  /// What a call failed with, as its caller is to hear it.
  private func told(_ error: DuikouError, _ call: RunningCall) -> DuikouError {
    guard call.isCut else { return error }
    return DuikouError(
      .unavailable,
      "\(description.id) was replaced or removed while the call ran, and the call did not end within the "
        + "drain time: call again", cause: error)
  }

  func call(_ request: CallRequest) async throws(DuikouError) -> CallResult {
    let entry = try await gates.enter(request)
    defer { entry.leave() }
    let deadline = entry.deadline
    let wait = try failures.admit(request, of: description.id, deadline: deadline)
    if wait > 0 { try? await Task.sleep(for: .nanoseconds(wait)) }
    try await threads.enter(before: deadline)
    defer { threads.leave() }
    let running = began()
    defer { ended(running) }
    return try await keepingFailures { () throws(DuikouError) in
      do throws(DuikouError) {
        return try await withCancellation { () throws(DuikouError) in
          try await run(request, running, deadline: deadline)
        } onCancel: {
          running.cancel()
        }
      } catch {
        throw told(error, running)
      }
    }
  }

  /// Runs `body`, and has on disk what it makes known of the plugin's failures before it goes on.
  private func keepingFailures(
    _ body: () async throws(DuikouError) -> CallResult
  ) async throws(DuikouError) -> CallResult {
    let result: Result<CallResult, DuikouError>
    do throws(DuikouError) {
      result = .success(try await body())
    } catch {
      result = .failure(error)
    }
    if failures.isChanged {
      try await threads.perform { () throws(DuikouError) in self.failures.keep() }
    }
    return try result.get()
  }

  func refusal(of document: String) -> DuikouError? {
    failures.refusal(of: document, by: description.id)
  }

  func callBlocking(_ request: CallRequest) throws(DuikouError) -> CallResult {
    let entry = try gates.enterBlocking(request)
    defer { entry.leave() }
    let deadline = entry.deadline
    let wait = try failures.admit(request, of: description.id, deadline: deadline)
    if wait > 0 { usleep(UInt32(clamping: wait / 1000)) }
    defer { failures.keep() }
    let running = began()
    defer { ended(running) }
    do throws(DuikouError) {
      let worker = try takeWorker(for: request, running, deadline: deadline)
      let call = try begin(request, on: worker, running, deadline: deadline)
      return try finish(call, running)
    } catch {
      throw told(error, running)
    }
  }

  /// A call that its worker has been given.
  private struct Begun: @unchecked Sendable {
    let request: CallRequest
    let worker: WorkerProcess
    let deadline: Deadline?
    /// Used from one thread at a time.
    let receiver: CallReceiver
    let start: Int64

    /// Whether the plugin had the time that it may expect, or most of it: what waits in line, rests
    /// after failures or starts a worker takes from it as well.
    var hadItsTime: Bool {
      !request.isImpatient && deadline?.leavesHalf(behind: start) ?? true
    }
  }

  /// Runs the call. What is short is done on the spot: to change threads twice takes longer than most
  /// calls. All else, such as a worker that must be started first, is for the threads.
  private func run(
    _ request: CallRequest, _ running: RunningCall, deadline: Deadline?
  ) async throws(DuikouError) -> CallResult {
    guard request.onDelta == nil, request.image.size <= Self.smallImage,
      let worker = pool.takeIdle()
    else {
      return try await threads.perform { () throws(DuikouError) in
        let worker = try self.takeWorker(for: request, running, deadline: deadline)
        return try self.finish(
          try self.begin(request, on: worker, running, deadline: deadline), running)
      }
    }
    let call = try begin(request, on: worker, running, deadline: deadline)
    do throws(CallFailure) {
      if try worker.finishBriefly(call.receiver) { return succeeded(call, running) }
    } catch {
      throw failed(error, call, running)
    }
    return try await threads.perform { () throws(DuikouError) in try self.finish(call, running) }
  }

  /// Bytes of an image that is copied on the spot.
  private static let smallImage = 1 << 20

  /// Gives a worker the call.
  private func begin(
    _ request: CallRequest, on worker: WorkerProcess, _ running: RunningCall,
    deadline: Deadline?
  ) throws(DuikouError) -> Begun {
    guard deadline?.hasPassed != true else {
      pool.giveBack(worker, inputBytes: 0, outputBytes: 0)
      throw DuikouError(
        .deadlineExceeded, "\(name(of: request)): the call's time was up before it could begin")
    }
    let call = Begun(
      request: request, worker: worker, deadline: deadline,
      receiver: CallReceiver(
        request, of: description.methods[request.method].name,
        rowSizes: written[request.method], deadline: deadline,
        isCancelled: { running.isCancelled }),
      start: dkr_now_ns())
    worker.begin()
    guard running.began(worker) else {
      pool.giveBack(worker, inputBytes: 0, outputBytes: 0)
      throw .callCancelled
    }
    do throws(CallFailure) {
      try worker.post(request, deadline: deadline)
    } catch {
      throw failed(error, call, running)
    }
    return call
  }

  /// Waits for the call on the current thread.
  private func finish(_ call: Begun, _ running: RunningCall) throws(DuikouError) -> CallResult {
    do throws(CallFailure) {
      try call.worker.finish(call.receiver)
      return succeeded(call, running)
    } catch {
      throw failed(error, call, running)
    }
  }

  private func succeeded(_ call: Begun, _ running: RunningCall) -> CallResult {
    running.ended()
    let elapsed = UInt64(max(0, dkr_now_ns() - call.start))
    failures.succeeded(document: call.request.document)
    pool.giveBack(
      call.worker, inputBytes: call.request.image.size, outputBytes: call.receiver.takenBytes)
    return CallResult(
      deltas: call.receiver.deltas, trailers: call.receiver.trailers, elapsedNanoseconds: elapsed)
  }

  /// A worker for a call. Only what the plugin does at its start counts as its failure.
  private func takeWorker(
    for request: CallRequest, _ running: RunningCall, deadline: Deadline?
  ) throws(DuikouError) -> WorkerProcess {
    let reason: DuikouError
    do throws(StartFailure) {
      return try pool.take(for: running, before: deadline)
    } catch {
      switch error {
      case .host(let error):
        // What the machine lacks it may have at another time; what a document needs stays.
        reason =
          error.code == .resourceExhausted
          ? DuikouError(.unavailable, error.message, cause: error) : error
        // A start that a call has cut short may still serve the next one.
        if error.code == .deadlineExceeded { pool.prepareSpare() }
      case .plugin(let error):
        reason = error
        failures.failed(error.message, document: nil)
      }
    }
    throw DuikouError(
      reason.code, "\(name(of: request)): \(reason.message)", cause: reason.cause)
  }

  private func name(of request: CallRequest) -> String {
    "\(description.id)/\(description.methods[request.method].name)"
  }

  /// Notes how a call failed, and decides what becomes of its worker.
  private func failed(
    _ failure: CallFailure, _ call: Begun, _ running: RunningCall
  ) -> DuikouError {
    running.ended()
    let (request, worker) = (call.request, call.worker)
    switch failure {
    case .failed(let error):
      failures.succeeded(document: request.document)
      // It may have written more than the host has taken.
      pool.giveBack(worker, inputBytes: request.image.size, outputBytes: .max)
      return error
    case .broken(let error):
      worker.kill()
      if !request.isAttempt { failures.failed(error.message, document: request.document) }
      pool.prepareSpare()
      return error
    case .lost(let error) where running.isCancelled:
      pool.prepareSpare()
      return DuikouError(.cancelled, "the call was cancelled", cause: error)
    case .lost(let error), .late(let error):
      let document = request.documentName.map { ", reading \($0)" } ?? ""
      let sentence = "\(name(of: request)): \(error.message)\(document)"
      if !request.isAttempt, !failure.isLate || call.hadItsTime {
        failures.failed(error.message, document: request.document)
      }
      pool.prepareSpare()
      return DuikouError(error.code, sentence, details: error.details)
    }
  }
}
