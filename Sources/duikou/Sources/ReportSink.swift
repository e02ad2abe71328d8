import DuikouModel
import DuikouTerminal
import Foundation
import Synchronization

/// Where a report goes: standard output, or a file that appears when it is whole.
final class ReportSink: Sendable {
  /// The file; nil for standard output.
  let path: String?
  private let temporary: String
  private let handle: Mutex<FileHandle?>

  init(_ path: String?) throws(DuikouError) {
    self.path = path
    guard let path else {
      temporary = ""
      handle = Mutex(.standardOutput)
      return
    }
    let folder = (path as NSString).deletingLastPathComponent
    temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).part"
    do {
      if !folder.isEmpty {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
      try Data().write(to: URL(fileURLWithPath: temporary))
      handle = Mutex(try FileHandle(forWritingTo: URL(fileURLWithPath: temporary)))
    } catch {
      throw DuikouError(
        .permissionDenied, "the report cannot be written to \(path): check the folder", cause: error
      )
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    try handle.withLock { try $0?.write(contentsOf: Data(bytes)) }
  }

  /// Puts the file in its place.
  func finish() throws(DuikouError) {
    guard let path else { return }
    do {
      try handle.withLock { try $0?.close() }
      guard rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      throw DuikouError(.unavailable, "the report cannot be written to \(path)", cause: error)
    }
  }

  /// Leaves nothing behind.
  func discard() {
    guard path != nil else { return }
    unlink(temporary)
  }
}
