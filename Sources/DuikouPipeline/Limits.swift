/// What an analysis may take.
public struct Limits: Sendable {
  /// Bytes of a document.
  public var documentBytes: Int
  /// Bytes of the largest image, about: of one document with its records, or of all documents of a
  /// report. While it is made, there is as much again.
  public var imageBytes: Int
  /// How long one call of a plugin may take.
  public var callTimeout: Duration

  /// How long one call over documents that are analysed together may take: others wait for one over which it hangs, and
  /// it needs a small part of the time that a large document may take.
  var attemptTimeout: Duration { min(callTimeout, max(callTimeout / 6, .seconds(1))) }

  public init(
    documentBytes: Int = 32 << 20, imageBytes: Int = 512 << 20,
    callTimeout: Duration = .seconds(60)
  ) {
    self.documentBytes = documentBytes
    self.imageBytes = imageBytes
    self.callTimeout = callTimeout
  }
}
