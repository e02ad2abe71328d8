import DuikouPlugin
import DuikouText

/// A document's text in normal form (`NormalizedText`), with the places of its records.
///
/// Full-width signs, Traditional characters and blanks are then no concern of the rules, and evidence still
/// points at the bytes that were there. Lent for the length of `withNormalText`.
public struct NormalDocument {
  public let document: Document
  /// The text in normal form. All ranges here are its bytes.
  public let text: SourceText
  /// What is to be read: without repeated headlines and the widgets of a page.
  public let parts: [Range<Int>]
  private let normal: NormalizedText
  private let memory = Memory()

  /// What is made when it is first asked for.
  private final class Memory {
    var sentences: [Range<Int>]?
    var mentions: [EntityMention]?
  }

  fileprivate init(_ document: Document, _ normal: NormalizedText, _ text: SourceText) {
    self.document = document
    self.normal = normal
    self.text = text
    parts = text.parts(without: document.unreadable.map { normal.range(ofSource: $0) })
  }

  public var call: Call { document.call }

  /// The sentences of what is to be read, in order.
  public var sentences: [Range<Int>] {
    if let sentences = memory.sentences { return sentences }
    let sentences = parts.flatMap { text.sentences(in: $0) }
    memory.sentences = sentences
    return sentences
  }

  /// Where a row of this document was read; nil where it has no evidence.
  public func range(of row: dk_row) -> Range<Int>? {
    document.range(of: row).map { normal.range(ofSource: $0) }
  }

  /// A range of the document's own text, such as where a `Document` finds something.
  public func range(ofSource range: Range<Int>) -> Range<Int> { normal.range(ofSource: range) }

  /// The bytes of the document's own text from which a range was made.
  public func sourceRange(of range: Range<Int>) -> Range<Int> { normal.sourceRange(of: range) }

  /// Whether a tab stands in a range, as between the cells of a table: what is read across one belongs to neither.
  public func hasTab(in range: Range<Int>) -> Bool {
    normal.source.bytes[sourceRange(of: range)].contains(0x09)
  }

  /// What stands in a range, in the document's own characters.
  public func string(_ range: Range<Int>) -> String {
    normal.source.string(sourceRange(of: range))
  }

  /// The mentions of entities, by where they begin; the longer first where several begin at one place.
  public func mentions() -> [EntityMention] {
    if let mentions = memory.mentions { return mentions }
    var found: [EntityMention] = []
    document.forEachRow(dk_mention.self) { _, row in
      guard let range = range(of: row.row) else { return }
      found.append(EntityMention(range: range, entity: row.entity, flags: Int(row.row.flags)))
    }
    let mentions = found.inTextOrder(longestFirst: true)
    memory.mentions = mentions
    return mentions
  }

  /// The rows of a type with their places, by where they begin; those without a place are left out.
  @inlinable public func placed<R: Row>(
    _ type: R.Type = R.self
  ) -> [PlacedRow<R>] {
    var placed: [PlacedRow<R>] = []
    document.forEachRow(R.self) { reference, row in
      if let range = range(of: row.row) {
        placed.append(PlacedRow(range: range, reference: reference, row: row))
      }
    }
    return placed.inTextOrder()
  }

  /// Leaves out what stands in a repeated headline, as long as anything stands elsewhere; see
  /// `Document.preferringText`.
  public func preferringText<Mention>(
    _ mentions: [Mention], at range: (Mention) -> Range<Int>
  ) -> [Mention] {
    document.preferringText(mentions) { sourceRange(of: range($0)) }
  }

  /// Appends a row that was read at a range, with a confidence from 0 to 1.
  @discardableResult
  @inlinable public func append<R: Row>(
    _ row: R, at range: Range<Int>, confidence: Double = 1, flags: Int = 0
  ) throws -> dk_ref {
    try document.append(
      row, evidence: sourceRange(of: range), confidence: confidence, flags: flags)
  }
}

extension Document {
  /// Calls `body` with the text in normal form.
  public func withNormalText<Result>(
    _ body: (NormalDocument) throws -> Result
  ) throws -> Result {
    let result = text.withUTF8 { bytes in
      let script = row.script == UInt32(DK_TRADITIONAL) ? Script.traditional : nil
      let normal = NormalizedText(SourceText(bytes), script: script)
      return Swift.Result {
        try normal.withText { try body(NormalDocument(self, normal, $0)) }
      }
    }
    return try result.get()
  }
}
