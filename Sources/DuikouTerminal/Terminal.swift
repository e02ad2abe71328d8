import Foundation

/// A file descriptor that people may be looking at.
public struct Terminal: Sendable {
  public let descriptor: Int32
  /// Whether it is a terminal, and not a pipe or a file.
  public let isInteractive: Bool
  /// Whether to write colours: on a terminal that has them, unless NO_COLOR says otherwise.
  public let hasColor: Bool

  public static let standardOutput = Terminal(descriptor: 1)
  public static let standardError = Terminal(descriptor: 2)

  /// What somebody said about the width.
  private let fixedColumns: Int?

  /// `columns` takes the place of asking the terminal.
  public init(descriptor: Int32, environment: [String: String]? = nil, columns: Int? = nil) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    fixedColumns = columns
    self.descriptor = descriptor
    isInteractive = isatty(descriptor) != 0
    hasColor =
      isInteractive && environment["NO_COLOR", default: ""].isEmpty
      && environment["TERM"] != "dumb"
  }

  /// Columns; without limit where it is no terminal.
  public var columns: Int {
    if let fixedColumns { return fixedColumns }
    guard isInteractive else { return .max }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes text as it is, and says whether all of it could be written.
  @discardableResult
  public func write(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  /// Writes text that others have made: control characters in it do not reach the terminal.
  public func write(foreign text: String) { write(Self.harmless(text)) }

  /// The text with `�` for control characters and for those that turn its direction, line breaks and tabs
  /// aside.
  public static func harmless(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          let isControl =
            $0.value < 0x20 || (0x7f..<0xa0).contains($0.value)
            || (0x202a...0x202e).contains($0.value) || (0x2066...0x2069).contains($0.value)
          return isControl && $0 != "\n" && $0 != "\t" ? "\u{fffd}" : $0
        }))
  }

  /// Whether the last write has failed because nobody reads any more; to be asked at once.
  public var isClosed: Bool { errno == EPIPE }

  /// Ends the program as the system does it where nobody reads: by SIGPIPE, without a word.
  public static func endUnread() -> Never {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
    exit(128 + SIGPIPE)
  }

  /// Text in a style, where there are colours.
  public func styled(_ text: String, _ style: Style) -> String {
    hasColor ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
  }

  public enum Style: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }
}
