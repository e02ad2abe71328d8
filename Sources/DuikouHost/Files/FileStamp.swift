import CDuikouRuntime
import Glibc

/// What tells one state of a file from another without reading it.
public struct FileStamp: Sendable, Hashable {
  var device: UInt64 = 0
  var inode: UInt64 = 0
  /// Bytes.
  var size: Int64 = 0
  /// Nanoseconds since 1970.
  var modified: Int64 = 0
  /// When its owner, mode, links or contents changed last, in nanoseconds since 1970.
  var changed: Int64 = 0

  /// Whether somebody has a file open for writing, as far as this machine can tell.
  public static func isBeingWritten(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return dkr_is_written(descriptor) == 1
  }
}
