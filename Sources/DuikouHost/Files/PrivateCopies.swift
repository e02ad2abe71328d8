import DuikouModel
import Foundation
import Synchronization

/// Copies of plugin files under their hash, in a folder that only this user can write to.
///
/// The dropped file itself is never mapped: writing to a mapped library crashes whoever runs it,
/// and opening a changed file under an old name gives the old one.
final class PrivateCopies: Sendable {
  /// Keeps a copy in its place as long as it lives.
  final class Hold: Sendable {
    fileprivate let release: @Sendable () -> Void

    fileprivate init(_ release: @escaping @Sendable () -> Void) { self.release = release }

    deinit { release() }
  }

  let folder: String
  private let removesUnused: Bool
  /// How many hold each copy, by hash.
  private let holds = Mutex<[String: Int]>([:])

  /// `removesUnused` says that nobody else uses the folder: copies go with their last holder.
  init(folder: String, removesUnused: Bool = false) {
    self.folder = folder
    self.removesUnused = removesUnused
  }

  /// Keeps a copy of a file's bytes, or finds the copy that is there already. Throws `unavailable` where
  /// that cannot be.
  func keep(
    _ bytes: Data, sha256: String, of path: String
  ) throws(DuikouError) -> (file: PluginFile, hold: Hold) {
    let file = PluginFile(path: path, sha256: sha256, copyPath: "\(folder)/\(sha256).so")
    holds.withLock { $0[sha256, default: 0] += 1 }
    let hold = Hold { [self] in release(file) }
    do {
      if !isIntact(file.copyPath, bytes) { try write(bytes, to: file.copyPath) }
      // Workers run as other users and are given an open descriptor, which no folder can be.
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o555], ofItemAtPath: file.copyPath)
    } catch {
      throw DuikouError(
        .unavailable, "cannot keep a copy of it in \(folder): check its permissions and space",
        cause: error)
    }
    return (file, hold)
  }

  /// Removes the copies that an earlier run has left and nobody holds.
  func removeUnused() {
    guard removesUnused else { return }
    holds.withLock { holds in remove { holds[$0] == nil } }
  }

  private func release(_ file: PluginFile) {
    holds.withLock { holds in
      let left = holds[file.sha256, default: 1] - 1
      holds[file.sha256] = left > 0 ? left : nil
      // Within the lock: who keeps the same bytes again finds the copy whole or not at all.
      if left <= 0, removesUnused { remove { $0 == file.sha256 } }
    }
  }

  /// Removes the copies with these hashes, and what was described of them.
  private func remove(_ isUnused: (_ sha256: String) -> Bool) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard name.hasSuffix(".so") || name.hasSuffix(".description"),
        let sha256 = name.split(separator: ".").first, isUnused(String(sha256))
      else { continue }
      unlink("\(folder)/\(name)")
    }
  }

  /// Writes a file beside its place and renames it, so that a crash leaves no half of a library.
  private func write(_ bytes: Data, to path: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  private func isIntact(_ path: String, _ bytes: Data) -> Bool {
    (try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)) == bytes
  }
}
