import DuikouPlugin
import DuikouText

/// Words of a document within those around them.
struct Quote {
  /// So many characters to both sides.
  private static let context = 16
  /// Of longer evidence, so many characters at its start and at its end.
  private static let (head, tail) = (48, 16)

  private let text: SourceText
  private let evidence: Range<Int>

  init(_ evidence: Range<Int>, in text: SourceText) {
    self.evidence = evidence
    self.text = text
  }

  /// The quotation, with the words themselves in bold.
  var markup: Markup {
    let start = stepBack(from: evidence.lowerBound, Self.context, limit: 0)
    let end = step(from: evidence.upperBound, Self.context, limit: text.count)
    return """
      \(ellipsis(unlessLineBreaksBefore: start))\(text.bytes[start..<evidence.lowerBound])\
      <b>\(words)</b>\
      \(text.bytes[evidence.upperBound..<end])\(ellipsis(unlessLineBreaksAt: end))
      """
  }

  private var words: Markup {
    let head = step(from: evidence.lowerBound, Self.head, limit: evidence.upperBound, inLine: false)
    let tail = stepBack(
      from: evidence.upperBound, Self.tail, limit: evidence.lowerBound, inLine: false)
    guard head < tail else { return "\(text.bytes[evidence])" }
    return "\(text.bytes[evidence.lowerBound..<head])……\(text.bytes[tail..<evidence.upperBound])"
  }

  private func ellipsis(unlessLineBreaksBefore offset: Int) -> Markup {
    offset == 0 || isBreak(text.scalar(before: offset)) ? Markup() : "…"
  }

  private func ellipsis(unlessLineBreaksAt offset: Int) -> Markup {
    offset == text.count || isBreak(text.scalar(at: offset)) ? Markup() : "…"
  }

  private func step(from offset: Int, _ count: Int, limit: Int, inLine: Bool = true) -> Int {
    var at = offset
    for _ in 0..<count where at < limit {
      let scalar = text.scalar(at: at)
      if inLine && isBreak(scalar) { break }
      at += scalar.width
    }
    return min(at, limit)
  }

  private func stepBack(from offset: Int, _ count: Int, limit: Int, inLine: Bool = true) -> Int {
    var at = offset
    for _ in 0..<count where at > limit {
      let scalar = text.scalar(before: at)
      if inLine && isBreak(scalar) { break }
      at -= scalar.width
    }
    return max(at, limit)
  }

  private func isBreak(_ scalar: SourceText.Scalar) -> Bool {
    scalar.value == 0x0a || scalar.value == 0x0d
  }
}
