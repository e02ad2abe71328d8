import DuikouPlugin
import DuikouText

/// A paragraph of a document: a line of its text, or what a segment covers of one.
struct Block {
  enum Kind: String {
    case body
    case headline
    case headlineRepeat
    case widget
    case caption

    fileprivate init(segment kind: UInt32) {
      switch Int(kind) {
      case DK_HEADLINE: self = .headline
      case DK_HEADLINE_REPEAT: self = .headlineRepeat
      case DK_CAPTION: self = .caption
      default: self = .widget
      }
    }
  }

  /// Without the blanks around it.
  let range: Range<Int>
  let kind: Kind

  /// The paragraphs of a document, in order. Lines of blanks are left out.
  static func all(of document: Document, _ text: SourceText, _ records: Records) -> [Block] {
    let segments = records.segments.indices(in: document).compactMap { index in
      let segment = records.segments.rows[index]
      return document.validRange(of: segment.row).map { (range: $0, kind: segment.kind) }
    }
    var blocks: [Block] = []
    var start = 0
    for segment in segments.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let range = segment.range.clamped(to: start..<text.count)
      guard !range.isEmpty else { continue }
      append(text.lines(in: start..<range.lowerBound), .body, to: &blocks)
      append(text.lines(in: range), Kind(segment: segment.kind), to: &blocks)
      start = range.upperBound
    }
    append(text.lines(in: start..<text.count), .body, to: &blocks)
    return blocks
  }

  private static func append(_ lines: [Range<Int>], _ kind: Kind, to blocks: inout [Block]) {
    blocks += lines.map { Block(range: $0, kind: kind) }
  }
}

extension SourceText {
  /// The lines of a part of the text, without the blanks around them; none for blanks only.
  fileprivate func lines(in range: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = bytes[start..<range.upperBound].firstIndex { $0 == 0x0a || $0 == 0x0d }
      let line = start..<(end ?? range.upperBound)
      let first = min(skippingBlanks(from: line.lowerBound), line.upperBound)
      if first < line.upperBound { lines.append(first..<endOfText(in: line)) }
      start = line.upperBound + 1
    }
    return lines
  }

  /// Where the blanks begin with which a line ends.
  private func endOfText(in line: Range<Int>) -> Int {
    var end = line.upperBound
    while end > line.lowerBound {
      let last = scalar(before: end)
      guard CharacterClass(last.value) == .blank else { break }
      end -= last.width
    }
    return end
  }
}
