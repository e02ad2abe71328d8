import Foundation
import Glibc

/// Small text files that people put where they like: nothing that waits or never ends is read.
enum SmallFile {
  private static let longest = 4 << 10

  /// The text of a regular file of at most 4 KiB; nil where there is none.
  static func text(_ path: String) -> String? {
    bytes(path).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The bytes of such a file.
  static func bytes(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= longest
    else { return nil }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    return (try? handle.read(upToCount: longest)).map { Array($0) } ?? []
  }
}
