import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds the figures of a document: a `duikou.figure` for each number with what it counts or measures.
struct Figures: Extractor {
  static let summary =
    "Finds figures with their units, what they count, whose they are and of when."
  // It appends no mentions: it takes those of places and agencies that are there by then, so that plugins which
  // append more may wait for figures.
  static let uses: [Use] = [
    .readsIfPresent(dk_segment.self), .readsIfPresent(dk_piece.self),
    .readsIfPresent(dk_place.self),
    .readsIfPresent(dk_agency.self), .readsIfPresent(dk_date.self),
    .readsAndWrites(dk_mention.self), .writes(dk_figure.self),
  ]

  /// Of figures with a unit, and of those without.
  private static let confidence = (withUnit: 0.95, without: 0.8)

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let text = document.text
      let context = FigureContext(document)
      let found = document.parts.flatMap { figures(in: $0, of: text, context) }
      // 242亿订单 in the headline is the 242亿元 of the text.
      let headline = text.firstOffset(of: "\n", in: text.range) ?? 0
      let measured = Set(found.lazy.filter { $0.quantity.unitName != nil }.map(\.quantity.value))
      for figure in found
      where !document.hasTab(in: figure.quantity.range)
        && (figure.quantity.unitName != nil || figure.quantity.range.lowerBound > headline
          || !measured.contains(figure.quantity.value))
      {
        try append(figure, to: document)
      }
      let hasCells = document.document.rows(dk_piece.self).contains {
        $0.row.kind == UInt32(DK_PIECE_CELL)
      }
      // The cells that a reader has told apart are a ledger's.
      if !hasCells {
        for amount in TextTables(document).amounts() { try append(amount, to: document) }
      }
    }
  }

  private func append(_ amount: TextTables.Amount, to document: NormalDocument) throws {
    var row = dk_figure()
    row.value = amount.value.mantissa
    row.state(1)
    row.exponent = Int32(amount.value.exponent)
    if row.exponent != 0 { row.state(3) }
    row.unit = try document.call.intern(amount.unit)
    if !amount.indicator.isEmpty { row.indicator = try document.call.intern(amount.indicator) }
    if let scope = amount.scope { row.scope = scope }
    try document.document.append(
      row, evidence: amount.source, confidence: Self.confidence.without)
  }

  private func figures(
    in part: Range<Int>, of text: SourceText, _ context: FigureContext
  ) -> [FoundFigure] {
    var found: [FoundFigure] = []
    for quantity in Quantity.all(in: text, range: part) where !quantity.isNoCount(in: text) {
      found.append(
        FoundFigure(quantity, in: text, part: part, behind: found.last, context))
    }
    FoundFigure.share(&found, in: text)
    return found
  }

  private func append(_ found: FoundFigure, to document: NormalDocument) throws {
    let quantity = found.quantity
    var row = dk_figure(quantity)
    if let unit = found.unitName(in: document.text) { row.unit = try document.call.intern(unit) }
    if !found.indicator.isEmpty { row.indicator = try document.call.intern(found.indicator) }
    // 各8个 are of several.
    if let owner = found.front.owner, !quantity.flags.contains(.distributive) {
      row.scope = owner
    }
    if let date = found.front.date { row.as_of = date }
    try document.append(
      row, at: quantity.range,
      confidence: quantity.unitName == nil ? Self.confidence.without : Self.confidence.withUnit,
      flags: Int(quantity.flags.union(found.isDelta ? .delta : []).rawValue))
  }
}
