import CDuikouRuntime
import DuikouModel
import Glibc
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
    /// The ends that are read, in the order of `OutputLines.Pipe`; empty once they are closed.
    var readEnds: [Int32]
    var watches: [UInt64] = []
  }

  private static let bytesPerSecond = 1 << 20

  private let state: Mutex<State>
  private let logger: Logger
  private let watch: DescriptorWatch

  /// Throws `resourceExhausted` when the system has no descriptors left.
  init(label: String, logger: Logger, watch: DescriptorWatch) throws(DuikouError) {
    self.logger = logger
    self.watch = watch
    let out = try PipeEnds()
    let err: PipeEnds
    do throws(DuikouError) {
      err = try PipeEnds()
    } catch {
      Glibc.close(out.read)
      Glibc.close(out.write)
      throw error
    }
    state = Mutex(
      State(label: label, writeEnds: (out.write, err.write), readEnds: [out.read, err.read]))
    let watches = [out.read, err.read].map { end in
      watch.add(end) { [weak self] in self?.read(end) ?? .end }
    }
    state.withLock { $0.watches = watches }
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

  /// What was written last by a worker that has ended, once all that has arrived is read.
  var tail: [String] {
    finish()
    return state.withLock { $0.lines.tail }
  }

  /// Stops reading, behind what has arrived.
  func close() {
    closeWriteEnds()
    let watches = state.withLock { state in
      defer { state.watches = [] }
      return state.watches
    }
    watches.forEach(watch.remove)
    finish()
    state.withLock { state in
      for end in state.readEnds { Glibc.close(end) }
      state.readEnds = []
    }
  }

  /// Reads what has arrived, and ends the last lines, which may lack their end.
  private func finish() {
    for end in state.withLock({ $0.readEnds }) { _ = read(end) }
    let now = dkr_now_ns()
    let lines = state.withLock { state in
      state.lines.finish(.out, now: now) + state.lines.finish(.err, now: now)
    }
    log(lines)
  }

  /// Reads what has arrived at an end.
  private func read(_ end: Int32) -> DescriptorWatch.Next {
    withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 1) { buffer in
      while true {
        let now = dkr_now_ns()
        let (count, lines, isOver) = state.withLock { state in
          guard let index = state.readEnds.firstIndex(of: end),
            let pipe = OutputLines.Pipe(rawValue: index)
          else { return (0, [OutputLines.Line](), false) }
          let count = Glibc.read(end, buffer.baseAddress, buffer.count)
          guard count != 0 else { return (0, state.lines.finish(pipe, now: now), false) }
          guard count > 0 else { return (count, [], false) }
          let lines = state.lines.add(buffer.prefix(count), from: pipe, now: now)
          if now / 1_000_000_000 != state.second {
            state.second = now / 1_000_000_000
            state.bytes = 0
          }
          state.bytes += count
          return (count, lines, state.bytes > Self.bytesPerSecond)
        }
        log(lines)
        guard count > 0 else { return count == 0 ? .end : .wait }
        if isOver {
          return .pause(nanoseconds: (now / 1_000_000_000 + 1) * 1_000_000_000 - now)
        }
      }
    }
  }

  private func log(_ lines: [OutputLines.Line]) {
    guard !lines.isEmpty else { return }
    let label = state.withLock { $0.label }
    for line in lines {
      logger.log(pluginLine: line.text, severity: line.severity, of: label)
    }
  }
}
