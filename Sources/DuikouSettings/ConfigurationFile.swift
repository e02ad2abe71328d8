import DuikouModel
import Foundation
import Yams

/// The lines of a configuration file.
///
/// What is wrong with one is told without quoting it: secrets may stand in it.
package struct ConfigurationFile {
  /// For errors.
  package let path: String
  package let lines: [Line]

  /// A key at the left edge, and what stands behind it.
  package struct Line {
    package var key: String
    package var value: Node
    /// From 1.
    package var number: Int
  }

  /// Reads a file, or where none is named `/etc/duikou/duikoud.yaml`, if it is there.
  ///
  /// Throws `notFound` for a file that cannot be read, `invalidArgument` with its line for one that is not
  /// YAML.
  package static func read(_ path: String?) throws(DuikouError) -> ConfigurationFile? {
    guard let path = path ?? defaultPath else { return nil }
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self)
    else {
      throw DuikouError(
        .notFound, "the configuration \(path) cannot be read as UTF-8 text: check its path")
    }
    return try ConfigurationFile(yaml: text, path: path)
  }

  private static var defaultPath: String? {
    let path = "/etc/duikou/duikoud.yaml"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// Reads YAML text; `path` names it in errors.
  package init(yaml text: String, path: String) throws(DuikouError) {
    self.path = path
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch {
      throw Self.refusal(error, of: text, path)
    }
    guard let root, root.null == nil else {
      lines = []
      return
    }
    guard let mapping = root.mapping else {
      throw DuikouError(.invalidArgument, "\(path): must consist of lines like `data: FOLDER`")
    }
    lines = mapping.map { key, value in
      Line(
        key: key.scalar?.string ?? "", value: value, number: (key.mark ?? value.mark)?.line ?? 0)
    }
  }

  /// Neither Yams' descriptions nor its errors themselves are passed on: they quote the file.
  private static func refusal(
    _ error: any Error, of text: String, _ path: String
  ) -> DuikouError {
    func refuse(_ reason: String, line: Int) -> DuikouError {
      DuikouError(.invalidArgument, "\(path), line \(line): \(reason)")
    }

    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let place = context.map { ", \($0.text) of line \($0.mark.line)" } ?? ""
      return refuse("not YAML: \(problem)\(place)", line: mark.line)
    case .reader(let problem, let offset, _, _):
      let line = text.prefix(offset ?? 0).count(where: \.isNewline) + 1
      return refuse("not YAML: \(problem)", line: line)
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      guard let second = secondLine(of: key, in: text, after: context.mark) else {
        return refuse("\(key) stands twice; leave one of them out", line: context.mark.line)
      }
      return refuse(
        "\(key) stands in line \(context.mark.line) already; leave one of them out", line: second)
    default:
      return DuikouError(.invalidArgument, "\(path): not YAML")
    }
  }

  /// Where a key stands again in its mapping, of which Yams says only where it stood first: as far to the
  /// right as there. Nil where a mapping is written in one line.
  private static func secondLine(of key: String, in text: String, after first: Mark) -> Int? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.indices.dropFirst(first.line).first { index in
      let line = lines[index]
      return line.prefix { $0 == " " }.count == first.column - 1
        && ["\(key):", "'\(key)':", "\"\(key)\":"].contains {
          line.dropFirst(first.column - 1).replacing(" :", with: ":").hasPrefix($0)
        }
    }.map { $0 + 1 }
  }
}
