/// A name that a model has found and no rule, with all places where it stands.
struct FoundName {
  let name: String
  let kind: NameKind
  /// Bytes of the document's text.
  var ranges: [Range<Int>]
  /// From 0 to 1: that of the surest place.
  var confidence: Double
}
