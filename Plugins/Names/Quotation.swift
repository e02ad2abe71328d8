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
    var next = part.lowerBound
    while let start = text.behindOpeningMark(in: next..<part.upperBound) {
      next = start
      var length = 0
      scan: while next < part.upperBound, length <= longest {
        let scalar = text.scalar(at: next)
        switch scalar.value {
        case 0x201c, 0x0a: break scan
        case 0x201d:
          if next > start { found.append(Quotation(range: start..<next)) }
          break scan
        default: length += 1
        }
        next += max(scalar.width, 1)
      }
    }
    return found
  }
}

extension SourceText {
  /// The end of the first “ in a part of the text.
  fileprivate func behindOpeningMark(in range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while at + 3 <= range.upperBound {
      if bytes[at] == 0xe2, bytes[at + 1] == 0x80, bytes[at + 2] == 0x9c { return at + 3 }
      at += 1
    }
    return nil
  }
}
