import DuikouModel

/// Where a daemon listens: `unix:PATH`, or `HOST:PORT`.
public enum DaemonAddress: Sendable, Hashable {
  case unix(path: String)
  case tcp(host: String, port: Int)

  /// Reads an address as people write it. Throws `invalidArgument`.
  public init(_ text: String) throws(DuikouError) {
    if text.hasPrefix("unix:") {
      var path = text.dropFirst(5)
      if path.hasPrefix("//") { path = path.dropFirst(2) }
      // sun_path holds 108 bytes with its terminating NUL.
      guard !path.isEmpty, path.utf8.count < 108 else {
        throw DuikouError(.invalidArgument, "\(text) needs a path of 1 to 107 bytes behind unix:")
      }
      self = .unix(path: String(path))
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (1...65535).contains(port), colon != text.startIndex
    else {
      throw DuikouError(
        .invalidArgument, "\(text) is not an address: write unix:PATH or HOST:PORT")
    }
    let host = text[..<colon].drop { $0 == "[" }.prefix { $0 != "]" }
    self = .tcp(host: String(host), port: port)
  }
}

extension DaemonAddress: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unix(let path): "unix:\(path)"
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }
}
