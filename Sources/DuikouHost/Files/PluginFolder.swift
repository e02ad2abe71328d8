import DuikouModel
import Foundation

/// A folder that plugins are dropped into.
struct PluginFolder: Sendable {
  let path: String

  /// The paths of the files in it that are named `*.so`, sorted; not those that begin with a dot,
  /// which is how a file is named until it is whole.
  func files() throws(DuikouError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".so") && !$0.hasPrefix(".") }
        .sorted()
        .map { "\(path)/\($0)" }
    } catch {
      throw DuikouError(
        .notFound, "the plugin folder \(path) cannot be read: make it, or name another",
        cause: error)
    }
  }
}
