/// What a name becomes.
enum NameKind: String, CaseIterable, Sendable {
  case person
  case organisation
  case scenicSpot = "scenic_spot"

  /// What corpora call the same thing, in small letters.
  private static let others: [String: NameKind] = [
    "name": .person, "per": .person, "nr": .person, "company": .organisation,
    "organization": .organisation, "org": .organisation, "nt": .organisation, "scene": .scenicSpot,
    "spot": .scenicSpot,
  ]

  /// What a model's type becomes; nil for a type of which no record is made.
  init?(type: String) {
    let type = type.lowercased()
    guard let kind = NameKind(rawValue: type) ?? Self.others[type] else { return nil }
    self = kind
  }

  /// How many characters such a name has.
  var lengths: ClosedRange<Int> {
    switch self {
    case .person: 2...8
    case .organisation: 4...40
    case .scenicSpot: 3...20
    }
  }
}
