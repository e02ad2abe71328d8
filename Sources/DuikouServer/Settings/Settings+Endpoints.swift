import DuikouModel
import Foundation

extension Settings {
  /// Where the daemon listens.
  ///
  /// Throws `failedPrecondition` where settings do not go together or a file does not serve, with what
  /// to do about it.
  func endpoints() throws(DuikouError) -> [Endpoint] {
    [.ownSocket(path: socketPath)] + [try shared(), try network()].compactMap { $0 }
  }

  private func shared() throws(DuikouError) -> Endpoint? {
    switch (sharedSocket, sharedSocketGroup) {
    case (nil, nil): return nil
    case (let path?, let name?):
      guard let group = getgrnam(name) else {
        throw DuikouError(
          .failedPrecondition,
          "shared-socket-group: this machine has no group \(name): make it with groupadd")
      }
      return .sharedSocket(path: path, group: group.pointee.gr_gid)
    case (_?, nil), (nil, _?):
      throw DuikouError(
        .failedPrecondition, "shared-socket and shared-socket-group need each other: set both")
    }
  }

  private func network() throws(DuikouError) -> Endpoint? {
    guard tlsClientAuthority != nil || certificateClients.isEmpty else {
      throw DuikouError(
        .failedPrecondition, "client-certificates needs tls-client-authority: set that too")
    }
    guard let listen else {
      guard tlsCertificate == nil, tlsKey == nil, tlsClientAuthority == nil else {
        throw DuikouError(
          .failedPrecondition, "tls-certificate and the like are for listen: set that too")
      }
      return nil
    }
    guard let tlsCertificate, let tlsKey else {
      guard tlsCertificate == nil, tlsKey == nil, tlsClientAuthority == nil else {
        throw DuikouError(
          .failedPrecondition, "TLS needs both tls-certificate and tls-key: set the other one too")
      }
      guard listen.isLoopback else {
        throw DuikouError(
          .failedPrecondition,
          "\(listen) can be reached by other machines, which needs TLS: set tls-certificate and "
            + "tls-key (`duikou tls init` makes them), or listen at 127.0.0.1")
      }
      return .loopback(listen)
    }
    guard tlsClientAuthority != nil || !tokens.isEmpty else {
      throw DuikouError(
        .failedPrecondition,
        "nothing says who may call at \(listen): set tls-client-authority and client-certificates, "
          + "or tokens")
    }
    let identity = ServerIdentity(
      certificate: tlsCertificate, key: tlsKey, clientAuthority: tlsClientAuthority)
    try identity.check()
    return .tls(listen, identity)
  }
}
