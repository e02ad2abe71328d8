import DuikouPlugin

/// A name that may stand in many places of the page, and is cut where it is far too long for one.
struct Name {
  /// At most so many bytes.
  private static let longest = 240

  private let text: ImageText
  private let isTitle: Bool

  /// `isTitle` puts it between the marks of a title.
  init(_ text: ImageText, isTitle: Bool = false) {
    self.text = text
    self.isTitle = isTitle
  }

  /// The name, escaped.
  var markup: Markup {
    let name = text.withUTF8 { bytes in
      var end = min(bytes.count, Self.longest)
      while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end -= 1 }
      return "\(bytes[..<end])\(end < bytes.count ? "…" : "")" as Markup
    }
    return isTitle ? "《\(name)》" : name
  }
}
