import Foundation

/// Files of /proc, which say that they are empty until they are read.
enum ProcFile {
  /// The text of a file; nil where it cannot be read.
  static func text(_ path: String) -> String? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    return String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
  }
}
