import CDuikou
import CDuikouFunctions
import CDuikouRuntime
import DuikouModel
import Logging

/// A plugin's library in this process, described but without an instance yet.
struct LoadedLibrary: Sendable {
  let file: PluginFile
  let description: PluginDescription
  let host: HostHandle
  /// The plugin's constant description, mapped for as long as the process runs.
  nonisolated(unsafe) let plugin: UnsafePointer<dk_plugin>

  /// Opens a private copy and reads the description in it. Runs the library's constructors.
  ///
  /// Throws with a sentence for whoever dropped the file.
  init(opening file: PluginFile, logger: Logger) throws(DuikouError) {
    var entry: dkr_entry?
    let (status, message) = Self.withMessage { dkr_open(file.copyPath, &entry, $0) }
    guard status == DK_OK, let entry else {
      throw DuikouError(
        StatusCode(rawValue: status) ?? .unknown,
        message.replacing(file.copyPath, with: file.path))
    }
    host = HostHandle(label: file.path, logger: logger)
    guard let pointer = entry(host.pointer) else {
      throw DuikouError(
        .failedPrecondition, "the plugin says that it cannot work with this host")
    }
    plugin = try Self.adopt(pointer)
    description = try PluginDescription(flat: try Self.describe(plugin))
    self.file = file
    host.rename(description.id)
  }

  /// The plugin with its plain C functions as methods.
  private static func adopt(
    _ plugin: UnsafePointer<dk_plugin>
  ) throws(DuikouError) -> UnsafePointer<dk_plugin> {
    var adopted: UnsafePointer<dk_plugin>?
    let (status, message) = withMessage { dkr_adopt(plugin, &adopted, $0) }
    guard status == DK_OK, let adopted else {
      throw DuikouError(StatusCode(rawValue: status) ?? .unknown, message)
    }
    return adopted
  }

  /// The flat description.
  private static func describe(_ plugin: UnsafePointer<dk_plugin>) throws(DuikouError) -> [UInt8] {
    var status = dk_status(DK_INTERNAL)
    var message = ""
    let bytes = [UInt8](unsafeUninitializedCapacity: descriptionLimit) { buffer, count in
      var used: UInt64 = 0
      (status, message) = withMessage {
        dkr_describe(plugin, buffer.baseAddress, UInt64(buffer.count), &used, $0)
      }
      count = status == DK_OK ? Int(used) : 0
    }
    guard status == DK_OK else {
      throw DuikouError(StatusCode(rawValue: status) ?? .unknown, message)
    }
    return bytes
  }

  private static let descriptionLimit = 1 << 20

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
