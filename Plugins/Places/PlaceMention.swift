/// A division, named at a place of the text.
struct PlaceMention: Sendable {
  /// Why the words are taken for the division.
  enum Basis: Sendable {
    /// The name is nobody else's.
    case name
    /// A division above it stands right in front.
    case ancestorInFront
    /// It continues a list of its siblings.
    case list
    /// A division above or beside it, or its full name, stands elsewhere in the document.
    case document
    /// A word such as 自治区.
    case reference
  }

  /// Bytes of the document's text.
  let range: Range<Int>
  /// Index in the gazetteer.
  let division: Int
  let basis: Basis

  /// From 0 to 1.
  var confidence: Double {
    switch basis {
    case .name: 0.98
    case .ancestorInFront: 0.97
    case .list: 0.92
    case .document: 0.8
    case .reference: 0.75
    }
  }
}
