import DuikouModel

/// Who may call what: a value, asked for each call.
///
/// Whoever comes by the daemon's own socket may do everything. A token counts before a certificate, and
/// both before the way: who shares the socket is an analyst, and on this machine's loopback everything is
/// open as long as no tokens are configured.
struct AccessPolicy: Sendable {
  var tokens: [AccessToken] = []
  var certificates: [CertificateClient] = []

  /// The name under which a caller is counted, and what it may do.
  ///
  /// `authorization` is the header of that name. Throws `unauthenticated` or `permissionDenied`.
  func admit(
    _ origin: CallerOrigin, authorization: String?, needed: Role
  ) throws(DuikouError) -> (name: String, role: Role) {
    let (name, role) = try identify(origin, authorization)
    guard role >= needed else {
      throw DuikouError(
        .permissionDenied, "\(name) is \(role.rawValue); this method is for \(needed.rawValue)s")
    }
    return (name, role)
  }

  private func identify(
    _ origin: CallerOrigin, _ authorization: String?
  ) throws(DuikouError) -> (name: String, role: Role) {
    if origin != .ownSocket, !tokens.isEmpty, let token = Self.bearer(authorization) {
      let hash = AccessToken.hash(of: token)
      guard let known = tokens.first(where: { $0.sha256 == hash }) else {
        throw DuikouError(.unauthenticated, "the token is not known here: ask the operator for one")
      }
      return (known.name, known.role)
    }
    switch origin {
    case .ownSocket: return ("unix", .operatorRole)
    case .sharedSocket: return ("shared socket", .analyst)
    // A program of this machine may come from any of the loopback's addresses.
    case .loopback where tokens.isEmpty: return ("loopback", .operatorRole)
    case .tls(let certificate?):
      guard let known = certificates.first(where: { $0.name == certificate }) else {
        throw DuikouError(
          .permissionDenied,
          "the certificate of \(certificate) is valid, but no client has that name: the operator can "
            + "add it to client-certificates")
      }
      return (known.name, known.role)
    case .loopback, .tls(nil):
      throw DuikouError(
        .unauthenticated, "a token is needed here: send the header authorization: Bearer TOKEN")
    }
  }

  private static func bearer(_ authorization: String?) -> Substring? {
    guard let authorization, authorization.lowercased().hasPrefix("bearer ") else { return nil }
    return authorization.dropFirst("bearer ".count)
  }
}
