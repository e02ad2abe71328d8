/// An agency, named at a place of the text.
struct AgencyMention: Sendable {
  /// How the text names the agency's division.
  enum Basis: Sendable {
    /// By its name, right in front.
    case name
    /// Not at all: the agency is a national one.
    case nation
    /// By a word such as 市 in 市文旅局.
    case word
    /// Not at all: the agency stands in a list behind another one of the division.
    case list
    /// By its name, which shares the body with the next one: 北京市 in 北京市与内蒙古自治区政府.
    case sharedBody
  }

  /// Bytes of the document's text.
  let range: Range<Int>
  let division: Anchor.Division
  let body: Body
  let basis: Basis
  /// Whether the name of the division above stands in front; nil where it could not.
  var isBehindParent: Bool?
  /// That name, where it stands in front.
  var parentName = ""

  /// From 0 to 1.
  var confidence: Double {
    switch basis {
    case .name, .nation: 0.97
    case .word, .list: 0.88
    case .sharedBody: 0.75
    }
  }
}
