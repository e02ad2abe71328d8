import DuikouModel
import Glibc

/// Whose a file, folder or symbolic link is, and who may change it.
public struct FileOwnership: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case file
    case folder
    /// A symbolic link, whose mode says nothing.
    case link
  }

  public var path: String
  public var kind: Kind
  public var owner: UInt32
  /// The permission bits, such as 0o644.
  public var mode: UInt32

  public init(path: String, kind: Kind = .file, owner: UInt32, mode: UInt32) {
    self.path = path
    self.kind = kind
    self.owner = owner
    self.mode = mode
  }

  /// Of an open file or folder. Throws `unavailable` where the system does not say.
  init(of descriptor: Int32, path: String, kind: Kind = .file) throws(DuikouError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.error(path) }
    self.init(status, path, kind)
  }

  private init(_ status: stat, _ path: String, _ kind: Kind) {
    self.init(
      path: path, kind: kind, owner: status.st_uid, mode: UInt32(status.st_mode) & 0o7777)
  }

  /// Of the folder that holds an open file, and for each symbolic link on the way to it of the link and the
  /// folder that holds that. Folders above are not looked at: they lead only to folders that are.
  ///
  /// Throws `aborted` where the path leads to another file by now, `unavailable` where the system does not
  /// say.
  static func holders(
    of path: String, opened descriptor: Int32
  ) throws(DuikouError) -> [FileOwnership] {
    var file = stat()
    guard fstat(descriptor, &file) == 0 else { throw error(path) }
    return try holders(of: path) { $0.st_dev == file.st_dev && $0.st_ino == file.st_ino }
  }

  /// Those of whatever file the path leads to. Throws as above.
  static func holders(of path: String) throws(DuikouError) -> [FileOwnership] {
    try holders(of: path) { _ in true }
  }

  private static func holders(
    of path: String, _ isRight: (stat) -> Bool
  ) throws(DuikouError) -> [FileOwnership] {
    var holders: [FileOwnership] = []
    var path = path
    for _ in 0...mostLinks {
      let (folder, name) = split(path)
      let parent = open(folder, Self.pathOnly | O_DIRECTORY | O_CLOEXEC)
      guard parent >= 0 else { throw error(folder) }
      defer { close(parent) }
      holders.append(try FileOwnership(of: parent, path: folder, kind: .folder))
      var entry = stat()
      guard fstatat(parent, name, &entry, AT_SYMLINK_NOFOLLOW) == 0 else { throw swapped }
      guard entry.st_mode & S_IFMT == S_IFLNK else {
        guard isRight(entry) else { throw swapped }
        return holders
      }
      holders.append(FileOwnership(entry, path, .link))
      guard let target = target(of: name, in: parent) else {
        throw DuikouError(.unavailable, "the link \(path) leads to a path that is not UTF-8")
      }
      path = target.hasPrefix("/") ? target : "\(folder)/\(target)"
    }
    throw swapped
  }

  /// As many as Linux follows.
  private static let mostLinks = 40

  /// O_PATH, which the system's module lacks: a folder need not be readable.
  private static let pathOnly: Int32 = 0o10000000

  private static let swapped = DuikouError(
    .aborted, "its path led to another file while it was read")

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  private static func target(of link: String, in folder: Int32) -> String? {
    withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlinkat(folder, link, start, buffer.count)
      guard count > 0, count < buffer.count else { return nil }
      return String(validating: buffer.prefix(count), as: UTF8.self)
    }
  }

  /// Checks that nobody but root and `user` can change it. Throws `permissionDenied` with what to do.
  func check(as user: UInt32) throws(DuikouError) {
    guard owner == 0 || owner == user else {
      let chown = kind == .link ? "chown -h" : "chown"
      throw DuikouError(
        .permissionDenied,
        "\(path) belongs to \(Self.name(of: owner)), not to root or to the daemon's user: "
          + "`\(chown) root \(path)`")
    }
    guard kind != .link, mode & 0o022 != 0 else { return }
    guard kind != .folder || mode & 0o1000 == 0 else {
      throw DuikouError(
        .permissionDenied,
        "\(path) is for everybody's files (mode \(octal)): put plugins into a folder of their own")
    }
    throw DuikouError(
      .permissionDenied,
      "\(path) may be written by others (mode \(octal)): `chmod go-w \(path)`")
  }

  private var octal: String { "0\(String(mode, radix: 8))" }

  private static func name(of user: UInt32) -> String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
      guard let start = buffer.baseAddress,
        getpwuid_r(user, &entry, start, buffer.count, &found) == 0, found != nil
      else { return "user \(user)" }
      return "user \(user) (\(String(cString: entry.pw_name)))"
    }
  }

  private static func error(_ path: String) -> DuikouError {
    DuikouError(
      .unavailable, "nobody can tell whose \(path) is: \(String(cString: strerror(errno)))")
  }
}
