import Foundation

/// Where things lie that tests need.
public enum Repository {
  /// The root of this checkout.
  public static let root: String = {
    var url = URL(fileURLWithPath: #filePath)
    while url.path != "/" {
      url.deleteLastPathComponent()
      if FileManager.default.fileExists(atPath: url.appending(path: "Package.swift").path) {
        return url.path
      }
    }
    return "."
  }()

  /// The folder with the programs and libraries that were built with the tests.
  public static let products: String = {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (program as NSString).deletingLastPathComponent
  }()

  /// The folder of real documents; nil where it is absent.
  public static let corpus: String? = {
    let path = "\(root)/../shared/corpus"
    return FileManager.default.fileExists(atPath: "\(path)/articles") ? path : nil
  }()

  /// The shipped plugins' libraries.
  public static func pluginFiles(_ names: [String]) -> [String] {
    names.map { "\(products)/libduikou-\($0).so" }
  }
}

/// A folder that is gone when the test is done.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    path = NSTemporaryDirectory() + "/duikou-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file and returns its path.
  @discardableResult
  public func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}
