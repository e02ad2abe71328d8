import CDuikouRuntime
import Dispatch
import DuikouModel
import Logging
import Synchronization

/// Why there is no worker for a call.
enum StartFailure: Error {
  /// The host could not start one.
  case host(DuikouError)
  /// The plugin did not survive its start, or failed it.
  case plugin(DuikouError)
}

/// The workers of one plugin: started when they are needed, kept while they are used.
final class WorkerPool: Sendable {
  private struct State {
    var idle: [WorkerProcess] = []
    var isClosed = false
    var isStartingSpare = false
    var starts = 0
  }

  private let program: WorkerProgram
  private let file: PluginFile
  private let limits: WorkerLimits
  private let configuration: Image?
  private let label: String
  private let logger: Logger
  private let state = Mutex(State())
  private let threads: BlockingThreads
  private nonisolated(unsafe) let timer: any DispatchSourceTimer

  /// `configuration` has the row that plugins are made from.
  init(
    program: WorkerProgram, file: PluginFile, limits: WorkerLimits, configuration: Image? = nil,
    label: String, logger: Logger, threads: BlockingThreads
  ) {
    self.program = program
    self.file = file
    self.limits = limits
    self.configuration = configuration
    self.label = label
    self.logger = logger
    self.threads = threads
    timer = DispatchSource.makeTimerSource(queue: .global())
    let period = max(1, Int(limits.idleTimeout.components.seconds) / 4)
    timer.schedule(
      deadline: .now() + .seconds(period), repeating: .seconds(period), leeway: .seconds(1))
    timer.setEventHandler { [weak self] in self?.dismissIdle() }
    timer.activate()
  }

  deinit {
    timer.cancel()
  }

  /// A worker that is ready for a call. Blocks while one starts, which the call may end.
  func take(
    for call: RunningCall, before deadline: Deadline?
  ) throws(StartFailure) -> WorkerProcess {
    if let worker = takeIdle() { return worker }
    return try start(for: call, before: deadline)
  }

  /// A worker that waits for a call; nil where none does.
  func takeIdle() -> WorkerProcess? {
    while let worker = state.withLock({ $0.idle.popLast() }) {
      if !worker.hasEnded { return worker }
    }
    return nil
  }

  /// Takes a worker back behind a call that was given so many bytes; drops one that has been killed
  /// meanwhile.
  func giveBack(_ worker: WorkerProcess, inputBytes: Int, outputBytes: Int) {
    guard !worker.hasEnded else { return prepareSpare() }
    // The pages of the input arena stay until the worker goes.
    guard inputBytes <= WorkerProcess.keptInput,
      worker.rest(after: outputBytes, within: limits.residentBytes)
    else {
      logger.info(
        "a worker is replaced: it has grown", metadata: ["plugin": "\(label)"])
      return worker.kill()
    }
    let isKept = state.withLock { state in
      guard !state.isClosed else { return false }
      state.idle.append(worker)
      return true
    }
    if !isKept { threads.perform { worker.drain() } }
  }

  /// Starts a worker for the next call, where none is idle: the last one was lost.
  func prepareSpare() {
    let isNeeded = state.withLock { state in
      guard state.idle.isEmpty, !state.isClosed, !state.isStartingSpare else { return false }
      state.isStartingSpare = true
      return true
    }
    guard isNeeded else { return }
    threads.perform {
      let spare = try? self.start()
      let isKept = self.state.withLock { state in
        state.isStartingSpare = false
        guard let spare, !state.isClosed else { return false }
        state.idle.append(spare)
        return true
      }
      if !isKept { spare?.kill() }
    }
  }

  /// How many have been started.
  var starts: Int { state.withLock { $0.starts } }

  /// Lets all idle workers end.
  func rest() {
    let idle = state.withLock { state in
      defer { state.idle = [] }
      return state.idle
    }
    for worker in idle { threads.perform { worker.drain() } }
  }

  /// Lets all idle workers end, and from now on those that are given back.
  func close() {
    timer.cancel()
    state.withLock { $0.isClosed = true }
    rest()
  }

  /// Adds a worker that has described the plugin already.
  func add(_ worker: WorkerProcess) {
    worker.lastUsed.store(dkr_now_ns(), ordering: .relaxed)
    state.withLock { state in
      state.idle.append(worker)
      state.starts += 1
    }
  }

  /// Starts a worker. For a call that has no time left, or that nobody waits for, it is ended; nobody
  /// can tell then whether the plugin would have started.
  private func start(
    for call: RunningCall? = nil, before deadline: Deadline? = nil
  ) throws(StartFailure) -> WorkerProcess {
    let worker: WorkerProcess
    do throws(DuikouError) {
      worker = try WorkerProcess(
        program, file: file, limits: limits, label: label, logger: logger)
    } catch {
      throw .host(error)
    }
    state.withLock { $0.starts += 1 }
    guard call?.began(worker) != false else { throw .host(.callCancelled) }
    defer { call?.ended() }
    let timeout = { min(self.limits.startTimeout, deadline?.remaining ?? self.limits.startTimeout) }
    var isDescribed = false
    do throws(DuikouError) {
      _ = try worker.describe(timeout: timeout())
      isDescribed = true
      try worker.create(configuration, timeout: timeout())
      return worker
    } catch {
      if call?.isCancelled == true { throw .host(.callCancelled) }
      if deadline?.hasPassed == true {
        throw .host(
          DuikouError(.deadlineExceeded, "the call's time was up before a worker was ready"))
      }
      // From `create` on, the plugin may end it with any status.
      throw worker.couldNotStart && !isDescribed ? .host(error) : .plugin(error)
    }
  }

  private func dismissIdle() {
    let (seconds, attoseconds) = limits.idleTimeout.components
    let limit = dkr_now_ns() - seconds * 1_000_000_000 - attoseconds / 1_000_000_000
    let idle = state.withLock { state in
      let old = state.idle.filter { $0.lastUsed.load(ordering: .relaxed) < limit }
      state.idle.removeAll { $0.lastUsed.load(ordering: .relaxed) < limit }
      return old
    }
    for worker in idle { threads.perform { worker.drain() } }
  }
}
