/// A report that can be written.
public struct ReportFormat: Sendable, Hashable {
  /// Its name, in lower case, such as `markdown`.
  public var name: String
  /// One sentence.
  public var summary: String
  /// Such as `text/markdown; charset=utf-8`.
  public var mediaType: String
  /// The id of the plugin that writes it.
  public var plugin: String

  public init(name: String, summary: String, mediaType: String, plugin: String) {
    self.name = name
    self.summary = summary
    self.mediaType = mediaType
    self.plugin = plugin
  }

  /// The usual ending of such a file, without the dot.
  public var fileExtension: String {
    switch mediaType.split(separator: ";").first.map(String.init) {
    case "text/markdown": "md"
    case "text/html": "html"
    case "text/csv": "csv"
    case "application/json": "json"
    case "text/plain": "txt"
    default: "bin"
    }
  }
}
