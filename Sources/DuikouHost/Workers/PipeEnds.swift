import DuikouModel
import Glibc

/// The two ends of a pipe, which nobody inherits. Reading does not block. Whoever has them closes them.
struct PipeEnds: Sendable {
  let read: Int32
  let write: Int32

  /// Throws `resourceExhausted` when the system has no descriptors left.
  init() throws(DuikouError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw DuikouError(.resourceExhausted, "no pipe: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    (read, write) = (ends[0], ends[1])
  }
}
