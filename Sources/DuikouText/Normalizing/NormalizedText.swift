/// A text in the form in which it is easiest to search, with the way back to the bytes it came from.
///
/// - Full-width ASCII becomes ASCII, so ，：（） become , : ( ); 。 and 、 stay. The forms of dashes, dots
///   and quotation marks become one (`signs.tsv`); 「」 become “”.
/// - A run of blanks, U+3000 among them, becomes one space. It is left out at either end of a line and
///   between a digit and a Chinese character (2018 年 7 月). Between Chinese characters the space stays,
///   as it parts names. Characters without width are left out; a line ends with a line feed.
/// - Traditional characters, variants, compatibility ideographs and radicals become the simplified
///   character (`traditional.tsv`, `compatibility.tsv`). Where the form depends on the word, as with
///   乾, 著 or 藉, `context.tsv` decides, for most of them in Traditional documents only. Words are not
///   replaced: 軟體 becomes 软体.
///
/// A text that is normal already is not copied. Reading takes linear time; mapping a range takes
/// the logarithm of the number of edits. Bytes that are not UTF-8 stay. The source's bytes are lent,
/// as with `SourceText`.
///
/// ```swift
/// let normal = NormalizedText(SourceText(bytes))
/// let found = normal.withText { text in Quantity.all(in: text) }
/// let evidence = found.map { normal.sourceRange(of: $0.range) }
/// ```
public struct NormalizedText {
  /// The text as it was.
  public let source: SourceText
  private let knownScript: Script?
  private let bytes: [UInt8]?
  private let map: OffsetMap

  /// Normalises a text. `script` saves finding it out.
  public init(_ source: SourceText, script: Script? = nil) {
    self.source = source
    var normalizer = TextNormalizer(source, script: script)
    normalizer.run()
    knownScript = normalizer.script
    bytes = normalizer.isChanged ? normalizer.bytes : nil
    map = normalizer.map
  }

  /// The script in which the source is written. May take linear time.
  public var script: Script { knownScript ?? Script(of: source) }

  /// Whether the source was normal, and its bytes are used.
  public var isShared: Bool { bytes == nil }

  /// Bytes.
  public var count: Int { bytes?.count ?? source.count }

  /// Calls `body` with the normalised text, which is lent for the call only.
  public func withText<Result>(_ body: (SourceText) throws -> Result) rethrows -> Result {
    guard let bytes else { return try body(source) }
    return try bytes.withUnsafeBufferPointer { try body(SourceText($0)) }
  }

  /// The bytes of the source from which a range of the normalised text was made, in whole
  /// characters; without blanks that were left out at its ends. Parts outside of the text are ignored.
  public func sourceRange(of range: Range<Int>) -> Range<Int> {
    let range = range.clamped(to: 0..<count)
    return withText { text in
      Self.mapped(
        range, in: text, to: source, end: source.count, through: map.source(of:))
    }
  }

  /// What became of a range of the source, in whole characters; empty where all of it was left out.
  /// Parts outside of the source are ignored.
  public func range(ofSource range: Range<Int>) -> Range<Int> {
    let range = range.clamped(to: source.range)
    return withText { text in
      Self.mapped(range, in: source, to: text, end: text.count, through: map.result(of:))
    }
  }

  private static func mapped(
    _ range: Range<Int>, in from: SourceText, to other: SourceText, end: Int,
    through place: (Int) -> Range<Int>
  ) -> Range<Int> {
    let whole = range.isEmpty ? range : from.wholeCharacters(range)
    let start = min(whole.lowerBound < from.count ? place(whole.lowerBound).lowerBound : end, end)
    guard !whole.isEmpty else { return start..<start }
    let last = from.scalarStart(before: whole.upperBound)
    let mapped = place(last)
    let stop = mapped.isEmpty ? mapped.lowerBound : other.characterEnd(after: mapped)
    return start..<max(start, min(stop, end))
  }
}
