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

  /// Without the blanks around it; of a cell it may be empty.
  let range: Range<Int>
  let kind: Kind
  /// Where it stands in a table of the file; nil for what stands in none.
  var cell: GridCell?

  /// The paragraphs of a document, in order. Lines of blanks are left out.
  static func all(of document: Document, _ text: SourceText, _ records: Records) -> [Block] {
    let segments = records.segments.indices(in: document).compactMap { index in
      let segment = records.segments.rows[index]
      return document.validRange(of: segment.row).map { (range: $0, kind: segment.kind) }
    }
    var body = Body(document, text, records)
    var blocks: [Block] = []
    var start = 0
    for segment in segments.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let range = segment.range.clamped(to: start..<text.count)
      guard !range.isEmpty else { continue }
      body.append(start..<range.lowerBound, to: &blocks)
      append(text.lines(in: range), Kind(segment: segment.kind), to: &blocks)
      start = range.upperBound
    }
    body.append(start..<text.count, to: &blocks)
    return blocks
  }

  /// The running text, line by line, with the cells of tables among the lines.
  private struct Body {
    private let text: SourceText
    private var cells: ArraySlice<(range: Range<Int>, cell: GridCell)>

    init(_ document: Document, _ text: SourceText, _ records: Records) {
      self.text = text
      cells =
        records.pieces.indices(in: document).compactMap { index in
          let piece = records.pieces.rows[index]
          return GridCell(piece).flatMap { cell in
            document.validRange(of: piece.row).map { ($0, cell) }
          }
        }[...]
    }

    /// Appends what stands in a part of the text, which stands behind the parts before.
    mutating func append(_ part: Range<Int>, to blocks: inout [Block]) {
      var start = part.lowerBound
      while let (range, cell) = cells.first, range.lowerBound < part.upperBound {
        cells.removeFirst()
        // What a segment covers is no cell any more.
        guard range.lowerBound >= start, range.upperBound <= part.upperBound else { continue }
        Block.append(text.lines(in: start..<range.lowerBound), .body, to: &blocks)
        blocks.append(Block(range: text.withoutBlanks(range), kind: .body, cell: cell))
        start = range.upperBound
      }
      Block.append(text.lines(in: start..<part.upperBound), .body, to: &blocks)
    }
  }

  fileprivate static func append(_ lines: [Range<Int>], _ kind: Kind, to blocks: inout [Block]) {
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
      let range = withoutBlanks(line)
      if !range.isEmpty { lines.append(range) }
      start = line.upperBound + 1
    }
    return lines
  }

  /// A range without the blanks and line breaks around it.
  fileprivate func withoutBlanks(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] == 0x0a || bytes[end - 1] == 0x0d { end -= 1 }
    let first = min(skippingBlanks(from: range.lowerBound), end)
    return first..<max(first, endOfText(in: first..<end))
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
