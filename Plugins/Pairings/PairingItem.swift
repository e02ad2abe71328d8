import DuikouPlugin

/// A division of the document, as the rules need it.
struct Division: Sendable, Hashable {
  let reference: UInt32
  let code: UInt32

  var isCounty: Bool { !code.isMultiple(of: 100) }

  static func == (left: Self, right: Self) -> Bool { left.code == right.code }
  func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

/// How many counties or districts stand behind a list of divisions.
struct UnitCount: Sendable {
  var value: UInt32
  var isDistributive = false
}

/// What a sentence about pairings consists of.
enum PairingItem: Sendable {
  /// Divisions in a list, with the number of their counties or districts.
  case divisions([Division], UnitCount?, range: Range<Int>)
  case word(PairingWord, range: Range<Int>)
  /// A date, with its first day.
  case date(Int32, range: Range<Int>)
  /// 京蒙: both sides in one word.
  case bothSides(range: Range<Int>)

  var range: Range<Int> {
    switch self {
    case .divisions(_, _, let range), .word(_, let range), .date(_, let range),
      .bothSides(let range):
      range
    }
  }
}
