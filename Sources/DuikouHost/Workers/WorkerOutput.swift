import CDuikouRuntime
import Dispatch
import DuikouModel
import Foundation
import Logging
import Synchronization

/// The two pipes on which a worker writes, read line by line into the log.
///
/// A worker that writes more than `bytesPerSecond` is read no further until the second is over, so
/// that it waits and the host does not.
final class WorkerOutput: Sendable {
  private struct State {
    var label: String
    var lines = OutputLines()
    var second: Int64 = .min
    var bytes = 0
    var writeEnds: (out: Int32, err: Int32)
    var isPaused = false
    var open = 2
  }

  private static let bytesPerSecond = 1 << 20
  private static let queue = DispatchQueue(label: "duikou.output")

  private let state: Mutex<State>
  private nonisolated(unsafe) let sources: [any DispatchSourceRead]
  private let logger: Logger

  /// Throws `resourceExhausted` when the system has no descriptors left.
  init(label: String, logger: Logger) throws(DuikouError) {
    self.logger = logger
    var pipes: [(read: Int32, write: Int32)] = []
    for _ in 0..<2 {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else {
        let reason = String(cString: strerror(errno))
        for pipe in pipes {
          Glibc.close(pipe.read)
          Glibc.close(pipe.write)
        }
        throw DuikouError(.resourceExhausted, "no pipe for a worker: \(reason)")
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
      pipes.append((ends[0], ends[1]))
    }
    state = Mutex(State(label: label, writeEnds: (pipes[0].write, pipes[1].write)))
    sources = pipes.map { pipe in
      let source = DispatchSource.makeReadSource(fileDescriptor: pipe.read, queue: Self.queue)
      source.setCancelHandler { Glibc.close(pipe.read) }
      return source
    }
    for source in sources {
      source.setEventHandler { [weak self] in self?.read(source) }
      source.activate()
    }
  }

  /// Names the plugin in its log lines, once it is known.
  func rename(_ label: String) { state.withLock { $0.label = label } }

  /// The ends that the worker writes to.
  var writeEnds: (out: Int32, err: Int32) { state.withLock { $0.writeEnds } }

  /// Closes the host's copies of them, once the worker has its own.
  func closeWriteEnds() {
    let ends = state.withLock { state in
      defer { state.writeEnds = (-1, -1) }
      return state.writeEnds
    }
    if ends.out >= 0 { Glibc.close(ends.out) }
    if ends.err >= 0 { Glibc.close(ends.err) }
  }

  /// What was written last, once all that has arrived is read.
  var tail: [String] {
    Self.queue.sync { for source in sources { read(source) } }
    return state.withLock { $0.lines.tail }
  }

  /// Stops reading.
  func close() {
    closeWriteEnds()
    for source in sources {
      let isPaused = state.withLock { state in
        defer { state.isPaused = false }
        return state.isPaused
      }
      if isPaused { sources.forEach { $0.resume() } }
      source.cancel()
    }
  }

  /// Reads what has arrived, on the queue.
  private func read(_ source: any DispatchSourceRead) {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    guard !source.isCancelled else { return }
    let descriptor = Int32(source.handle)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else {
        if count == 0 { source.cancel() }
        return
      }
      let now = dkr_now_ns()
      let (lines, isOver) = state.withLock { state in
        let lines = state.lines.add(buffer.prefix(count), now: now)
        if now / 1_000_000_000 != state.second {
          state.second = now / 1_000_000_000
          state.bytes = 0
        }
        state.bytes += count
        return (lines, state.bytes > Self.bytesPerSecond)
      }
      log(lines)
      if isOver { return pause(until: (now / 1_000_000_000 + 1) * 1_000_000_000 - now) }
    }
  }

  private func pause(until nanoseconds: Int64) {
    let isNew = state.withLock { state in
      defer { state.isPaused = true }
      return !state.isPaused
    }
    guard isNew else { return }
    sources.forEach { $0.suspend() }
    Self.queue.asyncAfter(deadline: .now() + .nanoseconds(Int(nanoseconds))) { [weak self] in
      guard let self else { return }
      let wasPaused = state.withLock { state in
        defer { state.isPaused = false }
        return state.isPaused
      }
      if wasPaused { sources.forEach { $0.resume() } }
    }
  }

  private func log(_ lines: [OutputLines.Line]) {
    let label = state.withLock { $0.label }
    for line in lines {
      let level: Logger.Level =
        switch line.severity.map(Int.init) {
        case DK_LOG_DEBUG: .debug
        case DK_LOG_WARNING: .warning
        case DK_LOG_ERROR: .error
        default: .info
        }
      logger.log(level: level, "\(line.text)", metadata: ["plugin": "\(label)"])
    }
  }
}
