/// A document as it came in.
public struct DocumentSource: Sendable {
  /// Where it came from: a file name or an address.
  public var uri: String
  /// Its title; nil to take the first line.
  public var title: String?
  public var bytes: [UInt8]
  /// SHA-256 of the bytes in hex, or empty.
  public var sha256: String
  /// Whether plugins try it again for which it is set aside.
  public var isRetried = false

  public init(uri: String, title: String? = nil, bytes: [UInt8], sha256: String = "") {
    self.uri = uri
    self.title = title
    self.bytes = bytes
    self.sha256 = sha256
  }
}

extension DocumentSource {
  /// A title for a document that has none: its first line with something in it, at most 120
  /// characters, with what is not UTF-8 replaced.
  public static func title(of bytes: some Collection<UInt8>) -> String {
    // Long enough for any title behind some empty lines, whatever the document's size.
    let head = String(decoding: bytes.prefix(8 << 10), as: UTF8.self)
    let line = head.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(isBlank) } ?? ""
    let words = line.split(whereSeparator: isBlank).joined(separator: " ")
    return String(words.prefix(120))
  }

  /// White space, and the byte order mark.
  private static func isBlank(_ character: Character) -> Bool {
    character.isWhitespace || character == "\u{feff}"
  }
}
