import Glibc
import Logging
import Synchronization

/// A log that keeps what it is told, with what stands beside it.
final class LoggedMessages: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  /// Whether a line holds a message. Waits for it: what a worker says comes on its own way.
  func has(_ message: String) -> Bool {
    for _ in 0..<400 {
      if all.contains(where: { $0.contains(message) }) { return true }
      usleep(25_000)
    }
    return false
  }

  var logger: Logger {
    Logger(label: "test") { _ in Handler(messages: self) }
  }

  private struct Handler: LogHandler {
    let messages: LoggedMessages
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      messages.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
  }
}
