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
    .readsIfPresent(dk_segment.self), .readsIfPresent(dk_place.self),
    .readsIfPresent(dk_agency.self), .readsIfPresent(dk_date.self),
    .readsAndWrites(dk_mention.self), .writes(dk_figure.self),
  ]

  /// Of figures with a unit, and of those without.
  private static let confidence = (withUnit: 0.95, without: 0.8)

  func extract(_ document: Document) throws {
    try document.withNormalText { document in
      let text = document.text
      let context = FigureContext(document)
      for part in document.parts {
        for quantity in Quantity.all(in: text, range: part) where !quantity.isPair(in: text) {
          let range = quantity.range
          let front = context.front(of: range.lowerBound)
          let free =
            max(
              part.lowerBound, front.end)..<context.firstOwner(
              in: range.upperBound..<part.upperBound)
          let indicator = Indicator.text(of: quantity, in: text, part: free)
          try append(quantity, indicator, front, to: document)
        }
      }
    }
  }

  private func append(
    _ quantity: Quantity, _ indicator: String, _ front: FigureContext.Front,
    to document: NormalDocument
  ) throws {
    var row = dk_figure(quantity)
    if let unit = quantity.unitName { row.unit = try document.call.intern(unit) }
    if !indicator.isEmpty { row.indicator = try document.call.intern(indicator) }
    // 各8个 are of several.
    if let owner = front.owner, !quantity.flags.contains(.distributive) {
      row.scope = owner.entity
    }
    if let date = front.date { row.as_of = date.reference }
    try document.append(
      row, at: quantity.range,
      confidence: quantity.unitName == nil ? Self.confidence.without : Self.confidence.withUnit,
      flags: Int(quantity.flags.rawValue))
  }
}

extension Quantity {
  /// Whether it is 两省区: both that were named, and no count.
  fileprivate func isPair(in text: SourceText) -> Bool {
    text.has("两省", at: range.lowerBound)
  }
}
