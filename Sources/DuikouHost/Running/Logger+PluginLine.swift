import CDuikou
import Logging

extension Logger {
  /// Writes a line that a plugin has logged; `severity` is one of `duikou/plugin.h`.
  func log(pluginLine line: String, severity: UInt32?, of plugin: String) {
    let level: Logger.Level =
      switch severity.map(Int.init) {
      case DK_LOG_DEBUG: .debug
      case DK_LOG_WARNING: .warning
      case DK_LOG_ERROR: .error
      default: .info
      }
    log(
      level: level, "\(line)", metadata: ["plugin": "\(plugin)"],
      source: PluginHost.sourceOfDocumentLines)
  }
}
