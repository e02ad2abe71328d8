import Foundation

/// The command line as people run it, with the shipped plugins.
public enum CommandLineTool {
  /// Runs `duikou` and waits for its end. Plugins come from `plugins`, unless that is nil.
  public static func run(
    _ arguments: [String], plugins: String? = nil, input: String = ""
  ) throws -> Program {
    try Program.run(
      "\(Repository.products)/duikou", arguments,
      environment: [
        "DUIKOU_PLUGINS": plugins ?? "", "DUIKOU_HOST": "", "DUIKOU_LANG": "zh",
        "XDG_CACHE_HOME": NSTemporaryDirectory() + "/duikou-test-cache-\(getuid())",
      ], input: input)
  }

  /// Runs `duikou … --format json`, which must end with `status`, and returns what it printed.
  public static func json(
    _ arguments: [String], plugins: String? = nil, status: Int32 = 0
  ) throws -> [String: Any] {
    let program = try run(arguments + ["--format", "json"], plugins: plugins)
    guard program.status == status,
      let object = try? JSONSerialization.jsonObject(with: Data(program.output.utf8)),
      let dictionary = object as? [String: Any]
    else {
      throw Program.Failed(
        description: "\(arguments) ended with \(program.status): \(program.errors)")
    }
    return dictionary
  }
}

extension TemporaryFolder {
  /// A folder with links to the shipped plugins of these names.
  public func plugins(_ names: [String]) throws -> String {
    let folder = "\(path)/plugins"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for file in Repository.pluginFiles(names) {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/\((file as NSString).lastPathComponent)", withDestinationPath: file)
    }
    return folder
  }
}
