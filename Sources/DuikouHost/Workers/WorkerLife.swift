import CDuikouRuntime
import Glibc
import Synchronization

/// A worker's process and the memory it shares, for as long as the process is there.
///
/// Nobody has to wait for the process: when it ends it is reaped and whoever waits for its answer is
/// woken, even if nobody knows the worker any more.
final class WorkerLife: Sendable {
  /// How a worker ended.
  enum Ending: Sendable, Hashable {
    case exited(Int32)
    case killed(signal: Int32)
    /// Somebody else in this process was told.
    case unknown

    /// Reads what `dkr_reap` says.
    init(_ status: Int32) {
      switch status {
      case Int32(DKR_STATUS_UNKNOWN): self = .unknown
      case ..<0: self = .killed(signal: -status)
      default: self = .exited(status)
      }
    }
  }

  nonisolated(unsafe) let channel: OpaquePointer
  private let pidfd: Int32
  private let state = Mutex<Ending?>(nil)

  /// Takes over the descriptor and the channel.
  init(pidfd: Int32, channel: OpaquePointer, watch: DescriptorWatch) {
    self.pidfd = pidfd
    self.channel = channel
    // The handler keeps this object until the process has ended.
    watch.add(pidfd) { self.reap() ? .end : .wait }
  }

  deinit {
    close(pidfd)
    dkr_channel_destroy(channel)
  }

  /// How the worker ended; nil while it runs.
  var ending: Ending? { state.withLock { $0 } }

  /// Sends a signal, unless the worker has ended.
  func signal(_ number: Int32) {
    if ending == nil { dkr_signal(pidfd, number) }
  }

  private func reap() -> Bool {
    var status: Int32 = 0
    guard dkr_reap(pidfd, &status) != 0 else { return false }
    state.withLock { $0 = Ending(status) }
    dkr_channel_mark_dead(channel)
    return true
  }
}
