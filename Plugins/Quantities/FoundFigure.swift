import DuikouText

/// A figure with what it counts, and what its sentence names in front of it.
struct FoundFigure {
  let quantity: Quantity
  let indicator: String
  let front: FigureContext.Front

  /// Divisions are counted: 8省 are 8个 of them.
  var unitName: String? { quantity.unit?.kind == .division ? "个" : quantity.unitName }

  init(_ quantity: Quantity, in text: SourceText, part: Range<Int>, _ context: FigureContext) {
    self.quantity = quantity
    let range = quantity.range
    front = context.front(of: range.lowerBound)
    let start = max(part.lowerBound, front.end)
    let end = context.firstOwner(in: range.upperBound..<part.upperBound)
    indicator = Indicator.text(of: quantity, in: text, part: start..<end)
  }
}
