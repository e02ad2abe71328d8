import DuikouModel
import Foundation
import Glibc

/// Whose a file or folder is, and who may change it.
public struct FileOwnership: Sendable, Hashable {
  public var path: String
  public var owner: UInt32
  /// The permission bits, such as 0o644.
  public var mode: UInt32

  public init(path: String, owner: UInt32, mode: UInt32) {
    self.path = path
    self.owner = owner
    self.mode = mode
  }

  /// Of an open file. Throws `unavailable` where the system does not say.
  init(of descriptor: Int32, path: String) throws(DuikouError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.error(path) }
    self.init(path: path, owner: status.st_uid, mode: UInt32(status.st_mode) & 0o7777)
  }

  /// Of the folder in which a file lies, and of the one in which the file lies that a link leads to.
  static func folders(of path: String) throws(DuikouError) -> [FileOwnership] {
    var folders = [(path as NSString).deletingLastPathComponent]
    if let target = realpath(path, nil) {
      folders.append((String(cString: target) as NSString).deletingLastPathComponent)
      free(target)
    }
    var all: [FileOwnership] = []
    for folder in folders {
      let folder = folder.isEmpty ? "." : folder
      var status = stat()
      guard stat(folder, &status) == 0 else { throw error(folder) }
      let known = FileOwnership(
        path: folder, owner: status.st_uid, mode: UInt32(status.st_mode) & 0o7777)
      if !all.contains(where: { ($0.owner, $0.mode) == (known.owner, known.mode) }) {
        all.append(known)
      }
    }
    return all
  }

  /// Checks that nobody but root and `user` can change it. Throws `permissionDenied` with what to do.
  func check(as user: UInt32) throws(DuikouError) {
    guard owner == 0 || owner == user else {
      throw DuikouError(
        .permissionDenied,
        "\(path) belongs to \(Self.name(of: owner)), not to root or to the daemon's user: "
          + "`chown \(Self.name(of: user)) \(path)`, or sign the plugin")
    }
    guard mode & 0o022 == 0 else {
      throw DuikouError(
        .permissionDenied,
        "\(path) may be written by others (mode 0\(String(mode & 0o777, radix: 8))): "
          + "`chmod go-w \(path)`")
    }
  }

  private static func name(of user: UInt32) -> String {
    guard let entry = getpwuid(user), let name = entry.pointee.pw_name else {
      return "user \(user)"
    }
    return String(cString: name)
  }

  private static func error(_ path: String) -> DuikouError {
    DuikouError(
      .unavailable, "nobody can tell whose \(path) is: \(String(cString: strerror(errno)))")
  }
}
