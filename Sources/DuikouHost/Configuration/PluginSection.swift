/// What a configuration file says for one plugin, as it stands there, checked against nothing yet.
///
/// Printing one shows keys and lines, never what stands in the file as text.
public struct PluginSection: Sendable, Hashable {
  /// One line of the section.
  public struct Entry: Sendable, Hashable {
    public var key: String
    public var value: Value
    /// From 1.
    public var line: Int

    public init(key: String, value: Value, line: Int) {
      self.key = key
      self.value = value
      self.line = line
    }
  }

  /// What stands behind a key.
  public enum Value: Sendable, Hashable {
    /// The text as it is written, also where it looks like a number.
    case text(String, isQuoted: Bool)
    /// What a variable of the environment holds.
    case environment(String)
    /// What a file holds, by its path.
    case file(String)
    /// Something that no field takes; the words say what, such as "a list".
    case other(String)
  }

  /// The configuration file, for errors.
  public var file: String
  /// Where the section begins, from 1.
  public var line: Int
  /// In the order of the file.
  public var entries: [Entry]

  public init(file: String, line: Int, entries: [Entry]) {
    self.file = file
    self.line = line
    self.entries = entries
  }
}

extension PluginSection.Value: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  public var description: String {
    switch self {
    case .text: "text"
    case .environment: "a variable"
    case .file: "a file"
    case .other(let kind): kind
    }
  }

  public var debugDescription: String { description }

  public var customMirror: Mirror { Mirror(self, children: []) }
}
