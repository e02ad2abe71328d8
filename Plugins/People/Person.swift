import DuikouPlugin

/// A person with everything that a document says of her.
struct Person {
  let name: String
  var mentions: [Mention] = []
  var positions: [Position] = []

  /// The name at a place of the text.
  struct Mention {
    /// Bytes of the document's text.
    let range: Range<Int>
    /// From 0 to 1.
    let confidence: Double
  }
}

/// A title that somebody bears, as one place of the text says it.
struct Position {
  var title: String
  /// The agency's row; nil where the text names none.
  var agency: dk_ref?
  /// GB/T 2260 of the agency's division or of the one the title names; 0 for none.
  var division: UInt32
  /// From the agency to the name, as far as they stand together.
  var evidence: Range<Int>
  /// Whether the agency is left out and taken from its neighbour.
  var isElided: Bool
}
