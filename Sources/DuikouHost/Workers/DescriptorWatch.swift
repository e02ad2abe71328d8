import CDuikouRuntime
import DuikouModel
import Foundation
import Glibc
import Synchronization

/// Tells when descriptors can be read: one thread waits for all of a kind.
///
/// Not a source of Dispatch for each: on Linux its event loop may reach for one that is gone
/// (swift-corelibs-libdispatch, issue 949). Workers end at any time, and that would end the host.
final class DescriptorWatch: Sendable {
  /// What is watched, each on a thread of its own: the log may block the one that writes to it.
  enum Kind: String, Sendable, Hashable {
    case output
    case ends
    case folders
  }

  /// What a handler wants to happen next.
  enum Next: Sendable, Hashable {
    case wait
    /// Waits on, but not before so many nanoseconds have passed.
    case pause(nanoseconds: Int64)
    /// Is not called again.
    case end
  }

  /// Called on the watch's thread when the descriptor can be read or its other end is closed. While it
  /// blocks, no other of its kind is heard.
  typealias Handler = @Sendable () -> Next

  private struct Entry {
    var descriptor: Int32
    var handler: Handler
    /// By CLOCK_MONOTONIC.
    var notBefore: Int64 = 0
  }

  private struct State {
    var entries: [UInt64: Entry] = [:]
    var serial: UInt64 = 0
  }

  private static let running = Mutex<[Kind: DescriptorWatch]>([:])

  private let state = Mutex(State())
  /// A byte in it wakes the thread.
  private let pipe: PipeEnds

  /// This process' watch for a kind of descriptors, which ends with the process.
  ///
  /// Throws `resourceExhausted` when the system has no descriptors left.
  static func shared(_ kind: Kind) throws(DuikouError) -> DescriptorWatch {
    try running.withLock { (running) throws(DuikouError) in
      if let known = running[kind] { return known }
      let watch = DescriptorWatch(pipe: try PipeEnds())
      running[kind] = watch
      let thread = Thread { watch.run() }
      thread.name = "duikou.\(kind)"
      thread.start()
      return watch
    }
  }

  private init(pipe: PipeEnds) {
    self.pipe = pipe
    _ = fcntl(pipe.write, F_SETFL, O_NONBLOCK)
  }

  /// Watches a descriptor, which the caller closes, behind `remove` or behind the handler's `end`. The
  /// handler is kept until then.
  @discardableResult
  func add(_ descriptor: Int32, _ handler: @escaping Handler) -> UInt64 {
    defer { wake() }
    return state.withLock { state in
      state.serial += 1
      state.entries[state.serial] = Entry(descriptor: descriptor, handler: handler)
      return state.serial
    }
  }

  /// Does not begin to call the handler any more. It may be running still: whoever closes the descriptor
  /// keeps it from reading another that gets the same number.
  func remove(_ id: UInt64) {
    // Released outside of the lock: what the handler holds may come back here.
    _ = state.withLock { $0.entries.removeValue(forKey: id) }
  }

  private func wake() {
    var byte: UInt8 = 0
    // A full pipe wakes as well.
    _ = write(pipe.write, &byte, 1)
  }

  private func run() {
    while true {
      var (polled, ids, timeout) = prepare()
      let count = poll(&polled, nfds_t(polled.count), timeout)
      // Whatever the system lacks, it lacks for more than a moment.
      if count < 0, errno != EINTR { usleep(50_000) }
      guard count > 0 else { continue }
      if polled[0].revents != 0 { emptyPipe() }
      for (entry, id) in zip(polled.dropFirst(), ids) where entry.revents != 0 { call(id) }
    }
  }

  /// What to wait for: the pipe first, then one descriptor for each id; and milliseconds.
  private func prepare() -> (polled: [pollfd], ids: [UInt64], timeout: Int32) {
    let now = dkr_now_ns()
    return state.withLock { state in
      var polled = [pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0)]
      var ids: [UInt64] = []
      var next = Int64.max
      for (id, entry) in state.entries {
        guard entry.notBefore <= now else {
          next = min(next, entry.notBefore)
          continue
        }
        polled.append(pollfd(fd: entry.descriptor, events: Int16(POLLIN), revents: 0))
        ids.append(id)
      }
      let isEndless = next == .max
      return (polled, ids, isEndless ? -1 : Int32(min((next - now) / 1_000_000 + 1, 1000)))
    }
  }

  private func call(_ id: UInt64) {
    guard let handler = state.withLock({ $0.entries[id]?.handler }) else { return }
    switch handler() {
    case .wait: break
    case .pause(let nanoseconds):
      let time = dkr_now_ns() + nanoseconds
      state.withLock { $0.entries[id]?.notBefore = time }
    case .end: remove(id)
    }
  }

  private func emptyPipe() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(pipe.read, &bytes, bytes.count) == bytes.count {}
  }
}
