import CDuikouRuntime
import DuikouModel
import Foundation
import Glibc

/// Looks at the files in plugin folders. Remembers when it saw a file change, so that one look leads to
/// the next; used from one thread at a time.
struct PluginFolders {
  /// Whether a file that may be in the middle of being written waits for a later look. Who looks once
  /// only takes it as it is.
  let waitsForWriters: Bool

  private struct Memory {
    var mark: FileMark
    /// By CLOCK_MONOTONIC.
    var since: Int64
    var isWhole = false
    var isLink = false
  }

  private var memory: [String: Memory] = [:]

  /// How long a file has not changed that counts as whole where nobody can tell who writes to it, in
  /// nanoseconds.
  private static let quietTime: Int64 = 400_000_000

  init(waitsForWriters: Bool) { self.waitsForWriters = waitsForWriters }

  /// The files of a folder that are named `*.so`, by path; not those that begin with a dot, which is how
  /// a file is named until it is whole. Throws `notFound` where the folder cannot be read.
  mutating func look(into folder: String) throws(DuikouError) -> [Sighting] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw DuikouError(
        .notFound, "the plugin folder \(folder) cannot be read: make it, or name another",
        cause: error)
    }
    return names.filter(Self.isPlugin).sorted().map { look(at: "\(folder)/\($0)") }
  }

  /// Whether a file was seen that a later look may see whole.
  var isWaiting: Bool { memory.values.contains { !$0.isWhole } }

  /// Whether a link was seen, whose file may change without its folder doing so.
  var hasLinks: Bool { memory.values.contains(where: \.isLink) }

  /// Whether a file of this name is looked at.
  static func isPlugin(_ name: String) -> Bool { name.hasSuffix(".so") && !name.hasPrefix(".") }

  /// One file.
  mutating func look(at path: String) -> Sighting {
    let mark: FileMark
    do throws(DuikouError) {
      let file = try FileStamp(following: path)
      mark = FileMark(
        file: file, signature: try? FileStamp(following: PluginSignature.path(of: path)),
        holders: (try? FileOwnership.holders(of: path)) ?? [])
    } catch {
      memory[path] = nil
      return Sighting(path: path, state: .unusable(error))
    }
    var known = memory[path] ?? Memory(mark: mark, since: dkr_now_ns())
    if known.mark != mark { known = Memory(mark: mark, since: dkr_now_ns()) }
    known.isLink = FileStamp.isLink(path)
    known.isWhole = known.isWhole || isWhole(path, since: known.since)
    memory[path] = known
    return Sighting(path: path, state: known.isWhole ? .whole(mark) : .arriving)
  }

  /// Forgets the files that are not among these.
  mutating func forget(except paths: Set<String>) {
    memory = memory.filter { paths.contains($0.key) }
  }

  private func isWhole(_ path: String, since: Int64) -> Bool {
    guard waitsForWriters else { return true }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    // Whoever opens it next says what is wrong.
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    switch dkr_is_written(descriptor) {
    case 0: return true
    case 1: return false
    default: return dkr_now_ns() - since >= Self.quietTime
    }
  }
}

extension FileStamp {
  /// Of a file, or of the one that a link leads to. Throws `notFound` where it leads nowhere, and
  /// `invalidArgument` for what is no regular file.
  init(following path: String) throws(DuikouError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.error(errno, path) }
    try self.init(status)
  }

  /// Of an open file.
  init(of descriptor: Int32) throws(DuikouError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.error(errno, "") }
    try self.init(status)
  }

  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private init(_ status: stat) throws(DuikouError) {
    let kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: ""
      case S_IFDIR: "a folder"
      case S_IFIFO: "a pipe"
      case S_IFSOCK: "a socket"
      default: "a device"
      }
    guard kind.isEmpty else {
      throw DuikouError(.invalidArgument, "not a regular file but \(kind): remove it")
    }
    func nanoseconds(_ time: timespec) -> Int64 {
      Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
    self.init(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
      modified: nanoseconds(status.st_mtim), changed: nanoseconds(status.st_ctim))
  }

  private static func error(_ code: Int32, _ path: String) -> DuikouError {
    switch code {
    case ENOENT where (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil:
      DuikouError(.notFound, "a link that leads nowhere: mend or remove it")
    case ENOENT: DuikouError(.notFound, "no such file")
    case ELOOP: DuikouError(.invalidArgument, "a link that leads to itself: remove it")
    case EACCES: DuikouError(.permissionDenied, "it may not be looked at by this user")
    default:
      DuikouError(.unavailable, "it cannot be looked at: \(String(cString: strerror(code)))")
    }
  }
}
