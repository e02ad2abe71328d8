import DuikouModel
import Glibc

/// Files that a configuration takes values from. A path that is not absolute begins at the daemon's
/// working directory, as in the other settings.
public enum SecretFile {
  /// Reads the first bytes of a regular file, at most so many.
  ///
  /// Throws `notFound`, `permissionDenied`, `invalidArgument` for what is no regular file, or `unavailable`,
  /// with the end of a sentence that begins with the file's name.
  public static func read(_ path: String, most: Int) throws(DuikouError) -> [UInt8] {
    var status = stat()
    return try read(path, most: most, &status)
  }

  /// As above; `status` becomes that of the file which was read.
  static func read(
    _ path: String, most: Int, _ status: inout stat
  ) throws(DuikouError) -> [UInt8] {
    // Without waiting: what is no file may have nothing to give.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw refusal() }
    defer { close(descriptor) }
    guard fstat(descriptor, &status) == 0 else { throw refusal() }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DuikouError(.invalidArgument, "is not a regular file")
    }
    var bytes = [UInt8](repeating: 0, count: most)
    var count = 0
    while count < most {
      let added = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, most - count)
      }
      if added < 0, errno == EINTR { continue }
      guard added >= 0 else { throw refusal() }
      guard added > 0 else { break }
      count += added
    }
    return Array(bytes.prefix(count))
  }

  private static func refusal() -> DuikouError {
    switch errno {
    case ENOENT, ENOTDIR: DuikouError(.notFound, "is not there")
    case EACCES, EPERM: DuikouError(.permissionDenied, "may not be read by this user")
    case let code:
      DuikouError(.unavailable, "cannot be read: \(String(cString: strerror(code)))")
    }
  }
}
