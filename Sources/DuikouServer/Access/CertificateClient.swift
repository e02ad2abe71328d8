/// A client that shows a certificate, written `NAME:ROLE`: the certificate's common name and what it may
/// do. Who is taken off the list is locked out from the next start on, however long the certificate holds.
public struct CertificateClient: Sendable, Hashable {
  public let name: String
  public let role: Role

  /// Nil where the text is no such line.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), colon != text.startIndex,
      let role = Role(rawValue: String(text[text.index(after: colon)...]))
    else { return nil }
    name = String(text[..<colon])
    self.role = role
  }
}
