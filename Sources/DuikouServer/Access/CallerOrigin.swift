/// By which way a caller came, and what the connection says of it.
enum CallerOrigin: Sendable, Hashable {
  /// By the daemon's own socket, which its user alone may open.
  case ownSocket
  /// By the socket that a group of this machine shares.
  case sharedSocket
  /// By TCP on this machine, in plain text.
  case loopback
  /// By TLS; with a certificate that the clients' authority has signed, by its common name.
  case tls(certificate: String?)
}
