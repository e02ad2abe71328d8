import DuikouHost
import DuikouModel
import DuikouSettings

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
    if let file = try ConfigurationFile.read(file) { try settings.read(file) }
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

  private mutating func read(_ file: ConfigurationFile) throws(DuikouError) {
    configurationFile = file.path
    for line in file.lines {
      let place = "\(file.path), line \(line.number)"
      guard line.key != PluginSection.key else {
        pluginSections = try PluginSection.all(in: line, of: file.path)
        continue
      }
      let setting = try Self.setting(of: line, in: file)
      let nodes = line.value.sequence.map(Array.init) ?? [line.value]
      let values = nodes.compactMap(\.scalar?.string)
      guard values.count == nodes.count else {
        throw DuikouError(.invalidArgument, "\(place): \(line.key) takes \(setting.expects)")
      }
      try setting.set(values, in: &self, from: place)
    }
  }

  private static func setting(
    of line: ConfigurationFile.Line, in file: ConfigurationFile
  ) throws(DuikouError) -> Setting {
    if let setting = Setting.all.first(where: { $0.name == line.key }) { return setting }
    let names = (Setting.all.map(\.name) + [PluginSection.key]).joined(separator: ", ")
    throw DuikouError(
      .invalidArgument,
      "\(file.path), line \(line.number): there is no setting \(line.key); there are: \(names)")
  }

  /// The sections of plugins alone, of a file that has changed. Throws as reading all of it does, for keys that are no
  /// settings too: `plugn:` takes no section away.
  static func pluginSections(
    inFile path: String
  ) throws(DuikouError) -> [String: PluginSection] {
    guard let file = try ConfigurationFile.read(path) else { return [:] }
    for line in file.lines where line.key != PluginSection.key {
      _ = try setting(of: line, in: file)
    }
    guard let line = file.lines.first(where: { $0.key == PluginSection.key }) else { return [:] }
    return try PluginSection.all(in: line, of: file.path)
  }
}
