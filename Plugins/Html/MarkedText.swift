import DuikouPlugin
import DuikouText

/// Writes a document's text, paragraph by paragraph, with its marks.
///
/// Marks may overlap in any way. What is open stands on a stack; a mark that ends below others
/// closes them and opens them again, so that elements are always well nested. No more than
/// `deepest` are open at a time, which keeps the work linear whatever the marks are; half of that
/// is kept for marks that lead to records.
struct MarkedText {
  private static let deepest = 12

  private let view: DocumentView
  private let blocks: [Block]
  private var marks: ArraySlice<Mark>
  private var open: [OpenMark] = []
  /// Everything before is written.
  private var offset = 0

  init(_ view: DocumentView) {
    self.view = view
    blocks = Block.all(of: view.document, view.text, view.records)
    marks = view.anchors.marks[...]
  }

  /// Writes the whole text.
  mutating func write() throws {
    var last: GridCell?
    for (index, block) in blocks.enumerated() {
      if let table = last, block.cell.map({ !$0.isInTable(of: table) }) ?? true {
        try view.page.write("</tr>\n</table>\n")
        last = nil
      }
      if let cell = block.cell {
        try write(block, cell.opening(behind: last), "</td>")
        last = cell
      } else {
        let kind = index == 0 && isTitle(block) ? .headline : block.kind
        try write(block, "<p class=\"\(kind.rawValue)\">\(label(of: kind))", "</p>\n")
      }
    }
    if last != nil { try view.page.write("</tr>\n</table>\n") }
    while let mark = marks.popFirst() {
      try view.page.write(OpenMark(mark, in: view).withoutText)
    }
    try writeLinks(of: open)
  }

  private mutating func write(_ block: Block, _ opening: Markup, _ closing: Markup) throws {
    try view.page.write(opening)
    offset = block.range.lowerBound
    let ended = open.filter { $0.end <= offset }
    open.removeAll { $0.end <= offset }
    try writeLinks(of: ended)
    try reopen(open)
    while let mark = marks.first, mark.range.lowerBound < block.range.upperBound {
      marks.removeFirst()
      try advance(to: mark.range.lowerBound)
      try begin(OpenMark(mark, in: view))
    }
    try advance(to: block.range.upperBound)
    for _ in open { try view.page.write("</span>") }
    try view.page.write(closing)
  }

  /// Writes text up to an offset, and ends the marks that end there or before.
  private mutating func advance(to limit: Int) throws {
    while let end = open.lazy.map(\.end).min(), end <= limit {
      try writeText(to: end)
      try close(at: end)
    }
    try writeText(to: limit)
  }

  private mutating func begin(_ mark: OpenMark) throws {
    let deepest = mark.record == nil ? Self.deepest / 2 : Self.deepest
    guard mark.end > offset, open.count < deepest else {
      try view.page.write(mark.withoutText)
      return
    }
    try view.page.write(mark.opening)
    open.append(mark)
  }

  private mutating func close(at end: Int) throws {
    guard let lowest = open.firstIndex(where: { $0.end <= end }) else { return }
    let closed = open[lowest...]
    for _ in closed { try view.page.write("</span>") }
    open.removeSubrange(lowest...)
    try writeLinks(of: closed.filter { $0.end <= end })
    let rest = closed.filter { $0.end > end }
    open += rest
    try reopen(rest)
  }

  /// Opens again what another mark or the end of a paragraph has closed.
  private func reopen(_ marks: [OpenMark]) throws {
    for mark in marks { try view.page.write(mark.reopening) }
  }

  /// Links to the records to which no text leads, since all of it leads to others.
  private func writeLinks(of ended: [OpenMark]) throws {
    for mark in ended where !mark.hasOwnText { try view.page.write(mark.link) }
  }

  private mutating func writeText(to end: Int) throws {
    guard end > offset else { return }
    let text = view.text.bytes[offset..<end]
    offset = end
    guard let innermost = open.lastIndex(where: { $0.record != nil }),
      let record = open[innermost].record
    else { return try view.page.write(text: text) }
    open[innermost].hasOwnText = true
    try view.page.write("<a href=\"#\(record)\">")
    try view.page.write(text: text)
    try view.page.write("</a>")
  }

  private func isTitle(_ block: Block) -> Bool {
    guard block.kind == .body,
      let title = view.records.image.text(of: view.document.row.title)
    else { return false }
    // A kicker, 头条|, may stand before it.
    return title.withUTF8 { view.text.bytes[block.range].suffix($0.count).elementsEqual($0) }
  }

  private func label(of kind: Block.Kind) -> Markup {
    switch kind {
    case .body, .headline: Markup()
    case .headlineRepeat, .widget, .caption:
      "<small lang=\"\(view.words.language)\">\(view.words["block.\(kind.rawValue)"])</small>"
    }
  }
}
