import DuikouText

/// What a figure counts, in the text's own words: behind a classifier (16个国贫旗县), else before the
/// figure (财政资金2800万元).
enum Indicator {
  /// Characters of the longest one.
  private static let longest = 12

  /// Where a phrase ends at the latest.
  private static let ends = scalars("的等和与及或以在为达至到从向由对将被把已共约仅均各其中并且而是有了着过")
  /// What stands between a phrase and its figure without belonging to it.
  private static let fillers = scalars("达到为共约近计的是有了至增减少加长超过逾仅")

  private static func scalars(_ text: String) -> Set<UInt32> {
    Set(text.unicodeScalars.map(\.value))
  }

  static func text(of quantity: Quantity, in text: SourceText, part: Range<Int>) -> String {
    if let unit = quantity.unit, [.count, .people, .household, .division].contains(unit.kind) {
      let end = quantity.range.upperBound
      // 8省区 counts 省区.
      let start = unit.kind == .division ? end - unit.name.utf8.count : end
      let behind = phrase(behind: start, in: text, part: part)
      if !behind.isEmpty { return behind }
    }
    return phrase(before: quantity.range.lowerBound, in: text, part: part)
  }

  private static func phrase(behind start: Int, in text: SourceText, part: Range<Int>) -> String {
    var at = start
    for _ in 0..<longest {
      let scalar = text.scalar(at: at)
      guard at + scalar.width <= part.upperBound, isHan(scalar.value), !ends.contains(scalar.value)
      else { break }
      at += scalar.width
    }
    return text.string(start..<at)
  }

  private static func phrase(before end: Int, in text: SourceText, part: Range<Int>) -> String {
    var end = end
    while isHan(text.scalar(before: end).value), fillers.contains(text.scalar(before: end).value) {
      end = text.scalarStart(before: end)
    }
    var start = end
    for _ in 0..<longest {
      let scalar = text.scalar(before: start)
      guard start - scalar.width >= part.lowerBound, isHan(scalar.value),
        !ends.contains(scalar.value)
      else { break }
      start -= scalar.width
    }
    return start < end ? text.string(start..<end) : ""
  }

  private static func isHan(_ scalar: UInt32) -> Bool {
    (0x4e00...0x9fff).contains(scalar) || (0x3400...0x4dbf).contains(scalar)
  }
}
