import Foundation

/// A folder that is gone when the run is done.
final class ScratchFolder: Sendable {
  let path = NSTemporaryDirectory() + "/duikou-bench-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Makes a folder that holds a copy of one file, and returns its path.
  func folder(_ name: String, with file: String) throws -> String {
    let folder = "\(path)/\(name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: file, toPath: "\(folder)/\((file as NSString).lastPathComponent)")
    return folder
  }

  /// Writes a file and returns its path.
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}
