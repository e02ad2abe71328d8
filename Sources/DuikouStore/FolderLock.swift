import DuikouModel
import Foundation

/// The right to use a data folder: one program has it at a time, until it ends.
///
/// The kernel takes the lock back when the holder's process ends, however it ends.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of a folder, and makes the folder where it is not there.
  ///
  /// Throws `failedPrecondition` when another program holds it, with its process id;
  /// `permissionDenied` where the file system refuses.
  public init(folder: String) throws(DuikouError) {
    let path = "\(folder)/lock"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw DuikouError(
        .permissionDenied, "the data folder \(folder) cannot be made: check the permissions above",
        cause: error)
    }
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw DuikouError(
        .permissionDenied,
        "\(path) cannot be opened (\(String(cString: strerror(errno)))): check its permissions")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Self.holder(descriptor)
      Glibc.close(descriptor)
      throw DuikouError(
        .failedPrecondition,
        "the data folder \(folder) is used by another daemon\(holder): stop it, or name another "
          + "folder with --data")
    }
    let text = Array("\(getpid())\n".utf8)
    if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
  }

  deinit {
    close(descriptor)
  }

  /// The holder's process id in words, where it is written down.
  private static func holder(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let digits = bytes.prefix(max(0, count)).prefix { (0x30...0x39).contains($0) }
    return digits.isEmpty ? "" : " (process \(String(decoding: digits, as: UTF8.self)))"
  }
}
