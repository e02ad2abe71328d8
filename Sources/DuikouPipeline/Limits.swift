/// What an analysis may take.
public struct Limits: Sendable {
  /// Bytes of a document.
  public var documentBytes: Int
  /// How long one call of a plugin may take.
  public var callTimeout: Duration

  public init(documentBytes: Int = 32 << 20, callTimeout: Duration = .seconds(60)) {
    self.documentBytes = documentBytes
    self.callTimeout = callTimeout
  }
}
