import CDuikou
import CDuikouRuntime
import DuikouModel
import Logging

/// A plugin's library in this process, described but without an instance yet.
struct LoadedLibrary: Sendable {
  let file: PluginFile
  let description: PluginDescription
  let host: HostHandle
  /// The plugin's constant description, mapped for as long as the process runs.
  nonisolated(unsafe) let plugin: UnsafeRawPointer

  /// Opens a private copy and reads the description in it. Runs the library's constructors.
  ///
  /// Throws with a sentence for whoever dropped the file.
  init(opening file: PluginFile, logger: Logger) throws(DuikouError) {
    var entry: dkr_entry?
    let (status, message) = Self.withMessage { dkr_open(file.copyPath, &entry, $0) }
    guard status == DK_OK, let entry else {
      throw DuikouError(
        status == DK_UNIMPLEMENTED ? .failedPrecondition : .invalidArgument,
        status == DK_UNIMPLEMENTED
          ? "not a Duikou plugin: \(message)"
          : "it cannot be loaded: \(message.replacing(file.copyPath, with: file.path))")
    }
    host = HostHandle(label: file.path, logger: logger)
    guard let pointer = entry(host.pointer) else {
      throw DuikouError(
        .failedPrecondition, "the plugin says that it cannot work with this host")
    }
    plugin = UnsafeRawPointer(pointer)
    description = try PluginDescription(reading: plugin)
    self.file = file
    host.rename(description.id)
  }

  /// Calls `body` with room for a message.
  private static func withMessage(
    _ body: (UnsafeMutablePointer<CChar>) -> dk_status
  ) -> (dk_status, String) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(DKR_MESSAGE_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return (dk_status(DK_INTERNAL), "") }
      let status = body(start)
      return (status, String(cString: start))
    }
  }
}
