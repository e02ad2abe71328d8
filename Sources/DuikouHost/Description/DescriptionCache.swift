import CDuikou
import CDuikouRuntime
import Foundation

/// Flat descriptions of plugin files that were asked before, by the hash of the file.
///
/// A description never changes with the same file, host and protocol, so nobody has to be asked
/// twice.
struct DescriptionCache: Sendable {
  let folder: String

  subscript(sha256: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path(sha256)).map(Array.init)
  }

  /// Keeps a description. Where that fails the plugin is asked again the next time.
  func keep(_ description: [UInt8], of sha256: String) {
    try? Data(description).write(to: URL(fileURLWithPath: path(sha256)), options: .atomic)
  }

  private func path(_ sha256: String) -> String {
    "\(folder)/\(sha256).v\(DKR_PROTOCOL)-\(DK_ABI_MINOR).description"
  }
}
