/// A document as it came in.
public struct DocumentSource: Sendable {
  /// Where it came from: a file name or an address.
  public var uri: String
  /// Its title; nil to take the first line.
  public var title: String?
  public var bytes: [UInt8]
  /// SHA-256 of the bytes in hex, or empty.
  public var sha256: String

  public init(uri: String, title: String? = nil, bytes: [UInt8], sha256: String = "") {
    self.uri = uri
    self.title = title
    self.bytes = bytes
    self.sha256 = sha256
  }
}
