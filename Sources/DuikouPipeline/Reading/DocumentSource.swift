import DuikouModel

/// A document as it came in.
public struct DocumentSource: Sendable {
  /// Where it came from: a file name or an address.
  public var uri: String
  /// Its title; nil to take the first line.
  public var title: String?
  public var bytes: [UInt8]
  /// When it was published, which counts more than what its file says; nil where nobody has said.
  public var published: CivilDate?
  /// SHA-256 of the bytes in hex, or empty.
  public var sha256: String
  /// Whether plugins try it again for which it is set aside.
  public var isRetried = false

  public init(
    uri: String, title: String? = nil, bytes: [UInt8], published: CivilDate? = nil,
    sha256: String = ""
  ) {
    self.uri = uri
    self.title = title
    self.bytes = bytes
    self.published = published
    self.sha256 = sha256
  }
}

extension DocumentSource {
  /// Bytes of the longest title.
  public static let longestTitle = 1024
  /// Bytes of the longest address.
  public static let longestAddress = 2048

  /// Throws `invalidArgument` where a title or an address is longer than one may be.
  public static func check(title: String, uri: String) throws(DuikouError) {
    for (what, name, longest) in [
      ("title", title, longestTitle), ("address", uri, longestAddress),
    ] where name.utf8.count > longest {
      throw DuikouError(
        .invalidArgument,
        "the document's \(what) has \(name.utf8.count) bytes; give one of at most \(longest)")
    }
  }

  /// A title for a document that has none: its first line with something in it, at most 120
  /// characters, with what is not UTF-8 replaced.
  public static func title(of bytes: some Collection<UInt8>) -> String {
    // Long enough for any title behind some empty lines, whatever the document's size.
    let head = String(decoding: bytes.prefix(8 << 10), as: UTF8.self)
    let words = firstLine(of: head).split(whereSeparator: isBlank).joined(separator: " ")
    var title = String(withoutKicker(words).prefix(120))
    while title.utf8.count > longestTitle { title.unicodeScalars.removeLast() }
    return title
  }

  /// The first line with something in it; what is behind it may be long, and is not looked at.
  private static func firstLine(of text: String) -> Substring {
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(where: \.isNewline) ?? rest.endIndex
      guard rest[..<end].allSatisfy(isBlank) else { return rest[..<end] }
      rest = rest[end...].dropFirst()
    }
    return rest
  }

  /// A headline without the word that pages put before it with a bar: 头条|, 图文丨.
  private static func withoutKicker(_ line: String) -> Substring {
    guard let bar = line.prefix(longestKicker + 1).firstIndex(where: { "|丨｜".contains($0) }),
      bar > line.startIndex, line.index(after: bar) < line.endIndex
    else { return line[...] }
    return line[line.index(after: bar)...].drop(while: isBlank)
  }

  /// Characters.
  private static let longestKicker = 4

  /// A title for a file that is to be read: its first line where it is plain text, otherwise the last part of
  /// its name.
  public static func title(of bytes: [UInt8], named name: String) -> String {
    guard MediaType(of: bytes, named: name) != .plainText else { return title(of: bytes) }
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return title(of: Array(last.utf8))
  }

  /// White space, and the byte order mark.
  private static func isBlank(_ character: Character) -> Bool {
    character.isWhitespace || character == "\u{feff}"
  }
}
