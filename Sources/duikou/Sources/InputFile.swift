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
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
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
  var size: Int { (try? attributes)?[.size] as? Int ?? 0 }

  private var attributes: [FileAttributeKey: Any] {
    get throws {
      try FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    }
  }

  /// Reads the file, unless it is larger than `limit` bytes.
  func read(limit: Int) throws(DuikouError) -> DocumentSource {
    do {
      let attributes = try attributes
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw DuikouError(.invalidArgument, "not a regular file")
      }
      let size = attributes[.size] as? Int ?? 0
      guard size <= limit else {
        throw DuikouError(
          .resourceExhausted,
          "the file has \(size) bytes, above the limit of \(limit); split it, or raise --max-size")
      }
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return DocumentSource(
        uri: path, bytes: Array(data), sha256: SHA256.hash(data: data).hexadecimal)
    } catch let error as DuikouError {
      throw error
    } catch CocoaError.fileReadNoPermission {
      throw DuikouError(.permissionDenied, "the file may not be read by this user")
    } catch {
      throw DuikouError(.unavailable, "the file cannot be read", cause: error)
    }
  }
}
