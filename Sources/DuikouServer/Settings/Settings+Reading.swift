import DuikouModel
import Foundation
import Yams

extension Settings {
  /// Reads the configuration file, the environment, and `flags` by the settings' names.
  ///
  /// `file` is nil where none was named: then `/etc/duikou/duikoud.yaml` is read if it is there.
  /// Throws `notFound` for a file that is not there, `invalidArgument` with file, line and what was
  /// expected for a name or value that is wrong.
  public static func read(
    file: String?, environment: [String: String], flags: [String: [String]]
  ) throws(DuikouError) -> Settings {
    var settings = Settings(environment: environment)
    if let file {
      try settings.read(file: file)
    } else if FileManager.default.fileExists(atPath: defaultFile) {
      try settings.read(file: defaultFile)
    }
    for setting in Setting.all {
      if let text = environment[setting.variable], !text.isEmpty {
        let values =
          setting.isList ? text.split(separator: setting.separator).map(String.init) : [text]
        try setting.set(values, in: &settings, from: setting.variable)
      }
      if let values = flags[setting.name], !values.isEmpty {
        try setting.set(values, in: &settings, from: "--\(setting.name)")
      }
    }
    return settings
  }

  private static let defaultFile = "/etc/duikou/duikoud.yaml"

  private mutating func read(file: String) throws(DuikouError) {
    guard let data = FileManager.default.contents(atPath: file),
      let text = String(validating: data, as: UTF8.self)
    else {
      throw DuikouError(
        .notFound, "the configuration \(file) cannot be read as UTF-8 text: check its path")
    }
    try read(yaml: text, file: file)
  }

  /// Reads settings from YAML text; `file` names it in errors.
  mutating func read(yaml text: String, file: String) throws(DuikouError) {
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch {
      throw DuikouError(.invalidArgument, "\(file): not YAML: \(error)", cause: error)
    }
    guard let root, root.null == nil else { return }
    guard let mapping = root.mapping else {
      throw DuikouError(.invalidArgument, "\(file): must consist of lines like `data: FOLDER`")
    }
    for (key, value) in mapping {
      let line = (key.mark ?? value.mark)?.line ?? 0
      let place = "\(file), line \(line)"
      let name = key.string ?? ""
      guard let setting = Setting.all.first(where: { $0.name == name }) else {
        let names = Setting.all.map(\.name).joined(separator: ", ")
        throw DuikouError(
          .invalidArgument, "\(place): there is no setting \(name); there are: \(names)")
      }
      let nodes = value.sequence.map(Array.init) ?? [value]
      let values = nodes.compactMap(\.scalar?.string)
      guard values.count == nodes.count else {
        throw DuikouError(.invalidArgument, "\(place): \(name) takes \(setting.expects)")
      }
      try setting.set(values, in: &self, from: place)
    }
  }
}
