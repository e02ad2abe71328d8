import DuikouModel
import Foundation

/// Unix sockets for their owner, or for a group.
enum UnixSocket {
  /// Makes a socket that listens at `path`; returns its descriptor, which the caller closes.
  ///
  /// Its owner may connect, and the users of `group` where there is one. The mode is set before the
  /// socket is bound, and the group before it listens, so that there is no moment at which others could
  /// connect. A socket that a daemon left behind is replaced. Throws `failedPrecondition` where a
  /// daemon still answers, `alreadyExists` where something else lies there, `unavailable` where the
  /// file system refuses.
  static func listen(at path: String, group: gid_t? = nil) throws(DuikouError) -> Int32 {
    guard path.utf8.count < 108 else {
      throw DuikouError(
        .invalidArgument,
        "\(path) is too long for a socket, which takes 107 bytes: name another with --socket")
    }
    if group != nil { try checkFolder(of: path) }
    try clear(path)
    let descriptor = make()
    guard descriptor >= 0, fchmod(descriptor, 0o600) == 0,
      withAddress(path, { bind(descriptor, $0, $1) }) == 0, share(path, with: group),
      Glibc.listen(descriptor, 128) == 0
    else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw DuikouError(.unavailable, "cannot listen at \(path): \(reason)")
    }
    return descriptor
  }

  /// Who may write to a folder could put something else in the socket's place before its group is changed.
  private static func checkFolder(of path: String) throws(DuikouError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var status = stat()
    guard stat(folder, &status) == 0 else {
      throw DuikouError(.notFound, "\(folder) is not there: make it, or name another folder")
    }
    guard status.st_mode & 0o022 == 0, [0, geteuid()].contains(status.st_uid) else {
      throw DuikouError(
        .failedPrecondition,
        "others may write to \(folder): chmod 755 it, or put the shared socket into another folder")
    }
  }

  private static func share(_ path: String, with group: gid_t?) -> Bool {
    guard let group else { return true }
    return chown(path, uid_t.max, group) == 0 && chmod(path, 0o660) == 0
  }

  private static func make() -> Int32 {
    socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  }

  /// Takes away a socket that nobody listens at any more.
  private static func clear(_ path: String) throws(DuikouError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw DuikouError(
        .alreadyExists, "\(path) is no socket: move it away, or name another path with --socket")
    }
    let probe = make()
    defer { close(probe) }
    // What cannot be asked may be alive.
    guard withAddress(path, { connect(probe, $0, $1) }) != 0, errno == ECONNREFUSED else {
      throw DuikouError(
        .failedPrecondition,
        "another daemon answers at \(path): stop it, or name another path with --socket")
    }
    unlink(path)
  }

  /// Calls `body` with the path as a socket address; the path has at most 107 bytes.
  private static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    return withUnsafeBytes(of: &address) { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { pointer in
        pointer.baseAddress.map { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) } ?? -1
      }
    }
  }
}
