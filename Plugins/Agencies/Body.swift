/// What makes an agency of a division: a name with a gap for it.
struct Body: Sendable, Hashable {
  /// The full name, with `{}` for the division: `{}旅游局`.
  var name: String
  /// Such as `tourism`; empty where the name does not say.
  var sector: String

  /// What it is known by: the same for names that differ in 和 and 与 only.
  var key: String { Self.key(name) }

  static func key(_ name: String) -> String {
    let scalars = name.unicodeScalars
    guard scalars.contains("与") else { return name }
    return String(String.UnicodeScalarView(scalars.map { $0 == "与" ? "和" : $0 }))
  }
}

/// What is known about the bodies of one name.
struct BodyFacts: Sendable {
  /// Years, inclusive.
  let from, until: Int?
  /// The name that follows, with `{}` for the division; empty where there is none.
  let successor: String
  /// The same for provinces and autonomous regions.
  let provincialSuccessor: String
}

/// A body, found in a text.
struct BodyMatch: Sendable {
  /// Bytes from the text's start, exclusive.
  let end: Int
  let body: Body
}
