import DuikouAPI

/// One place where the daemon listens.
enum Endpoint: Sendable {
  /// A socket for the daemon's own user.
  case ownSocket(path: String)
  /// A socket for the users of a group, by its number.
  case sharedSocket(path: String, group: UInt32)
  /// A TCP port of the loopback.
  case loopback(DaemonAddress)
  /// A TCP port with TLS.
  case tls(DaemonAddress, ServerIdentity)

  var address: DaemonAddress {
    switch self {
    case .ownSocket(let path), .sharedSocket(let path, _): .unix(path: path)
    case .loopback(let address), .tls(let address, _): address
    }
  }
}
