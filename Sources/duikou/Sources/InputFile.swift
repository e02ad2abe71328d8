import Crypto
import DuikouHost
import DuikouModel
import DuikouPipeline
import Foundation

/// A file to analyse.
struct InputFile: Sendable {
  let path: String

  /// Goes through files and folders, in the order given, folders sorted by name.
  static func expand(_ paths: [String]) -> (files: [InputFile], errors: [InputError]) {
    var files: [InputFile] = []
    var errors: [InputError] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        errors.append(
          InputError(
            path: path, error: DuikouError(.notFound, "no such file or folder")))
        continue
      }
      guard isFolder.boolValue else {
        files.append(InputFile(path: path))
        continue
      }
      let found = contents(of: path)
      if found.isEmpty {
        errors.append(
          InputError(
            path: path, error: DuikouError(.notFound, "the folder holds no files")))
      }
      files += found
    }
    return (files, errors)
  }

  private static func contents(of folder: String) -> [InputFile] {
    let found = FileManager.default.enumerator(
      at: URL(fileURLWithPath: folder), includingPropertiesForKeys: [.isRegularFileKey],
      options: [.skipsHiddenFiles])
    let urls = (found?.allObjects as? [URL]) ?? []
    let base = URL(fileURLWithPath: folder).standardizedFileURL.path
    return urls.filter {
      // What Office leaves beside a document that is open has no text of its own.
      !$0.lastPathComponent.hasPrefix("~$")
        && (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    }
    .map { url in
      let full = url.standardizedFileURL.path
      let rest = full.hasPrefix(base + "/") ? String(full.dropFirst(base.count + 1)) : full
      return folder.hasSuffix("/") ? folder + rest : "\(folder)/\(rest)"
    }
    .sorted()
    .map(InputFile.init)
  }

  /// Bytes; 0 where nobody can tell.
  var size: Int { (try? status()).map { Int($0.st_size) } ?? 0 }

  /// Whether a folder is there.
  var isFolder: Bool { kind == S_IFDIR }

  /// Whether something is there that is no folder.
  var isFile: Bool { kind.map { $0 != S_IFDIR } ?? false }

  private var kind: mode_t? { (try? status()).map { $0.st_mode & S_IFMT } }

  /// What the system says of the file, or of what a link leads to: `FileManager` asks for much more.
  private func status() throws(DuikouError) -> stat {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.unreadable(errno) }
    return status
  }

  private static func unreadable(_ code: Int32) -> DuikouError {
    code == EACCES
      ? DuikouError(.permissionDenied, "the file may not be read by this user")
      : DuikouError(.unavailable, "the file cannot be read: \(String(cString: strerror(code)))")
  }

  /// Reads the file, unless it is larger than `limit` bytes.
  func read(limit: Int) throws(DuikouError) -> DocumentSource {
    let status = try status()
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DuikouError(.invalidArgument, "not a regular file")
    }
    guard status.st_size <= limit else {
      throw DuikouError(
        .resourceExhausted,
        "the file has \(status.st_size) bytes, above the limit of \(limit); split it, or raise --max-size"
      )
    }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return DocumentSource(
        uri: path, bytes: Array(data), sha256: SHA256.hash(data: data).hexadecimal)
    } catch CocoaError.fileReadNoPermission {
      throw Self.unreadable(EACCES)
    } catch {
      throw DuikouError(.unavailable, "the file cannot be read", cause: error)
    }
  }
}
