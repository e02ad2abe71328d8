import Foundation

/// Where the built files lie: beside this program.
enum Programs {
  static let folder: String = {
    let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return ((program ?? "") as NSString).deletingLastPathComponent
  }()

  static var plugin: String { "\(folder)/libduikou-bench-plugin.so" }
  static var worker: String { "\(folder)/duikou-worker" }
}
