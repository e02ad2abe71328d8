import DuikouHost
import DuikouModel
import Yams

extension PluginSection {
  /// The key in front of the sections of a file.
  package static let key = "plugin"

  /// Reads the sections of a configuration file; its other settings are not looked at. Where `path` is nil the
  /// daemon's default file is read, if it is there.
  ///
  /// Throws as `ConfigurationFile.read` does, and `invalidArgument` for what has not the form of sections. A file that
  /// is half written may be YAML as well, and lack sections.
  package static func all(inFile path: String?) throws(DuikouError) -> [String: PluginSection] {
    guard let file = try ConfigurationFile.read(path),
      let line = file.lines.first(where: { $0.key == key })
    else { return [:] }
    return try all(in: line, of: file.path)
  }

  /// Reads what stands behind `plugin`: a section for each plugin, by its id.
  ///
  /// Throws `invalidArgument` with file and line for what has not the form of sections. Whether the plugins
  /// know the keys is not looked at.
  package static func all(
    in line: ConfigurationFile.Line, of file: String
  ) throws(DuikouError) -> [String: PluginSection] {
    let sections = try lines(of: line.value) { () in
      refusal(file, line.number, "plugin consists of sections like `cn.example.stays:`")
    }
    var all: [String: PluginSection] = [:]
    for (key, value) in sections {
      let number = (key.mark ?? value.mark)?.line ?? line.number
      guard let id = key.scalar?.string, !id.isEmpty else {
        throw refusal(file, number, "plugin: a section begins with the id of a plugin")
      }
      guard all[id] == nil else {
        throw refusal(file, number, "plugin: \(id) has two sections; make them one")
      }
      let entries = try lines(of: value) { () in
        refusal(file, number, "plugin: \(id) must be followed by lines like `KEY: VALUE`")
      }
      all[id] = PluginSection(
        file: file, line: number,
        entries: try entries.map { (entry) throws(DuikouError) in
          let number = (entry.key.mark ?? entry.value.mark)?.line ?? number
          guard let key = entry.key.scalar?.string else {
            throw refusal(file, number, "plugin: \(id): a key is a word, such as `KEY: VALUE`")
          }
          return Entry(key: key, value: Value(entry.value, of: file), line: number)
        })
    }
    return all
  }

  private static func refusal(_ file: String, _ line: Int, _ reason: String) -> DuikouError {
    DuikouError(.invalidArgument, "\(file), line \(line): \(reason)")
  }

  /// The lines of a mapping, of which there may be none.
  private static func lines(
    of node: Node, else refusal: () -> DuikouError
  ) throws(DuikouError) -> [(key: Node, value: Node)] {
    if let mapping = node.mapping { return mapping.map { ($0.key, $0.value) } }
    guard node.null != nil else { throw refusal() }
    return []
  }
}

extension PluginSection.Value {
  /// Reads a value of `file`, from whose folder relative paths count.
  fileprivate init(_ node: Node, of file: String) {
    switch node {
    case .scalar(let scalar):
      self = .text(scalar.string, isQuoted: ![.plain, .any].contains(scalar.style))
    case .sequence: self = .other("a list")
    case .mapping(let mapping):
      let pair = mapping.count == 1 ? mapping.first : nil
      switch (pair?.key.scalar?.string, pair?.value.scalar?.string) {
      case ("env", let name?): self = .environment(name)
      case ("file", let path?):
        let folder = file.lastIndex(of: "/").map { file[...$0] } ?? ""
        self = .file(path.hasPrefix("/") ? path : folder + path)
      default: self = .other("a mapping other than {env: NAME} or {file: PATH}")
      }
    case .alias: self = .other("an alias")
    }
  }
}
