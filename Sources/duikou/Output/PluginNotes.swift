import DuikouHost
import DuikouTerminal
import Logging

/// Shows people what plugins warn of, such as a file that is cut off, and the program's own errors.
struct PluginNotes: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.warning

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let isOfDocument = event.source == PluginHost.sourceOfDocumentLines
    guard isOfDocument ? event.level >= .warning : event.level >= .error else { return }
    let plugin = event.metadata?["plugin"].map { "\($0): " } ?? ""
    // Over a progress bar, which is drawn again.
    if Terminal.standardError.isInteractive { Terminal.standardError.write("\r\u{1b}[K") }
    Terminal.standardError.write(foreign: "\(plugin)\(event.message)\n")
  }
}
