import DuikouText

/// Words in quotation marks.
struct Quotation: Sendable {
  /// Without the marks, in bytes.
  let range: Range<Int>

  var whole: Range<Int> { range.lowerBound - 3..<range.upperBound + 3 }

  /// Characters of the longest one that is a name.
  private static let longest = 40

  /// The quotations of a part of a text, in order.
  static func all(in text: SourceText, part: Range<Int>) -> [Quotation] {
    var found: [Quotation] = []
    var open: Int?
    var length = 0
    var at = part.lowerBound
    while at < part.upperBound {
      let scalar = text.scalar(at: at)
      switch scalar.value {
      case 0x201c:
        open = at + scalar.width
        length = 0
      case 0x201d:
        if let start = open, at > start, length <= longest {
          found.append(Quotation(range: start..<at))
        }
        open = nil
      case 0x0a: open = nil
      default: length += 1
      }
      at += max(scalar.width, 1)
    }
    return found
  }
}
