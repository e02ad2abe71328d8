import DuikouPlugin

/// What a document mentions, from the kind that encloses the others in the text to the one within.
enum EntityKind: Int, CaseIterable {
  case agreement
  case agency
  case person
  case place

  /// The kind of the rows of a type; nil for any other type.
  init?(type: UInt32) {
    guard let kind = Self.allCases.first(where: { $0.type == type }) else { return nil }
    self = kind
  }

  /// The id of its row type.
  var type: UInt32 {
    switch self {
    case .agreement: dk_agreement.typeID
    case .agency: dk_agency.typeID
    case .person: dk_person.typeID
    case .place: dk_place.typeID
    }
  }

  /// Its name in the page's style sheet and among its words.
  var name: String { "\(self)" }

  /// In the order in which figures are told.
  static let figures: [EntityKind] = [.place, .agency, .person, .agreement]
}
