extension DaemonAddress {
  /// Whether only programs of this machine can reach it.
  public var isLoopback: Bool {
    switch self {
    case .unix: true
    case .tcp(let host, _):
      host == "localhost" || host == "::1"
        || (host.hasPrefix("127.") && host.split(separator: ".").count == 4
          && host.split(separator: ".").allSatisfy { UInt8($0) != nil })
    }
  }
}
