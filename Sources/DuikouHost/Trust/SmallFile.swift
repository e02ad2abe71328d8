import DuikouModel
import Glibc

/// A small file that people put where they like, read once: nothing that waits or never ends is read.
struct SmallFile {
  /// In bytes.
  static let longest = 4 << 10

  let bytes: [UInt8]
  /// The permission bits of what was read.
  let mode: UInt32

  /// Reads a regular file of at most 4 KiB.
  ///
  /// Throws `notFound`, `permissionDenied`, `invalidArgument` or `unavailable`, with the end of a sentence
  /// that begins with the file's name.
  init(_ path: String) throws(DuikouError) {
    var status = stat()
    bytes = try SecretFile.read(path, most: Self.longest + 1, &status)
    guard bytes.count <= Self.longest else {
      throw DuikouError(.invalidArgument, "is larger than \(Self.longest >> 10) KiB")
    }
    mode = UInt32(status.st_mode) & 0o7777
  }

  /// Nil where it is not UTF-8.
  var text: String? { String(validating: bytes, as: UTF8.self) }
}
