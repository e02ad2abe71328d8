import Crypto
import DuikouModel
import Foundation

/// Copies of plugin files under their hash, in a folder that only this user can write to.
///
/// The dropped file itself is never mapped: writing to a mapped library crashes whoever runs it,
/// and opening a changed file under an old name gives the old one.
struct PrivateCopies: Sendable {
  /// The largest file that is taken for a plugin.
  static let sizeLimit = 256 << 20

  let folder: String

  /// Copies a file, or finds the copy that is there already.
  ///
  /// Throws `notFound`, `permissionDenied` or `unavailable` where the file system refuses, and
  /// `invalidArgument` for a file that is no library.
  func copy(of path: String) throws(DuikouError) -> PluginFile {
    let bytes = try read(path)
    try ELFHeader.check(bytes)
    let sha256 = SHA256.hash(data: bytes).hexadecimal
    let copyPath = "\(folder)/\(sha256).so"
    do {
      if !isIntact(copyPath, bytes) { try write(bytes, to: copyPath) }
      // Workers run as other users and are given an open descriptor, which no folder can be.
      try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: copyPath)
    } catch {
      throw DuikouError(
        .unavailable, "cannot keep a copy of it in \(folder): check its permissions and space",
        cause: error)
    }
    return PluginFile(path: path, sha256: sha256, copyPath: copyPath)
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

  private func read(_ path: String) throws(DuikouError) -> Data {
    do {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw DuikouError(.invalidArgument, "not a regular file")
      }
      guard (attributes[.size] as? Int ?? 0) <= Self.sizeLimit else {
        throw DuikouError(
          .resourceExhausted, "larger than \(Self.sizeLimit >> 20) MiB, which no plugin needs")
      }
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch let error as DuikouError {
      throw error
    } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
      throw DuikouError(.notFound, "no such file")
    } catch CocoaError.fileReadNoPermission {
      throw DuikouError(.permissionDenied, "it may not be read by this user")
    } catch {
      throw DuikouError(.unavailable, "it cannot be read", cause: error)
    }
  }
}
