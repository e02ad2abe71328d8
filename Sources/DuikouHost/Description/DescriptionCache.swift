import CDuikou
import CDuikouRuntime
import Foundation

/// Flat descriptions of plugin files that were asked before, by the hash of the file.
///
/// A description never changes with the same file, host and protocol, so nobody has to be asked
/// twice; one that is kept says as well that the plugin could be made from its configuration.
struct DescriptionCache: Sendable {
  let folder: String

  /// `revision` is the state of the plugin's configuration.
  subscript(sha256: String, revision: String?) -> [UInt8]? {
    FileManager.default.contents(atPath: path(sha256, revision)).map(Array.init)
  }

  /// Keeps a description. Where that fails the plugin is asked again the next time.
  func keep(_ description: [UInt8], of sha256: String, _ revision: String?) {
    try? Data(description).write(
      to: URL(fileURLWithPath: path(sha256, revision)), options: .atomic)
  }

  private func path(_ sha256: String, _ revision: String?) -> String {
    let configured = revision.map { "-\($0.prefix(16))" } ?? ""
    return "\(folder)/\(sha256).v\(DKR_PROTOCOL)-\(DK_ABI_MINOR)\(configured).description"
  }
}
