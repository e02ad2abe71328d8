import DuikouPlugin

extension Document {
  /// The evidence of a row, if it lies within this document's text.
  func validRange(of row: dk_row) -> Range<Int>? {
    range(of: row).flatMap { $0.upperBound <= text.count ? $0 : nil }
  }
}
