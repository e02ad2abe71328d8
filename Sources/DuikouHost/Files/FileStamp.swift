/// What tells one state of a file from another without reading it.
struct FileStamp: Sendable, Hashable {
  var device: UInt64 = 0
  var inode: UInt64 = 0
  /// Bytes.
  var size: Int64 = 0
  /// Nanoseconds since 1970.
  var modified: Int64 = 0
  /// When its owner, mode, links or contents changed last, in nanoseconds since 1970.
  var changed: Int64 = 0
}
