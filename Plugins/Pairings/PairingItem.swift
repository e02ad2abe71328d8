import DuikouPlugin
import DuikouReading

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
enum PairingItem: Placed, Sendable {
  /// Divisions in a list, with the number of their counties or districts.
  case divisions([Division], UnitCount?, range: Range<Int>)
  case word(PairingWord, range: Range<Int>)
  /// A date, with its first day, and whether it has no last one: 2018年起.
  case date(Int32, isOpen: Bool, range: Range<Int>)
  /// 京蒙: both sides in one word.
  case bothSides(range: Range<Int>)

  var range: Range<Int> {
    switch self {
    case .divisions(_, _, let range), .word(_, let range), .date(_, _, let range),
      .bothSides(let range):
      range
    }
  }

  /// Whether a sentence may tell of a pair because of it.
  var tellsOfPairs: Bool {
    switch self {
    case .word(let word, _): word.tellsOfPairs
    case .bothSides: true
    case .divisions, .date: false
    }
  }

  /// Whether pairs are what the sentence speaks of.
  var speaksOfPairing: Bool {
    switch self {
    case .word(let word, _): [.help, .bind, .relation, .bond].contains(word)
    case .bothSides: true
    case .divisions, .date: false
    }
  }

  func isWord(_ wanted: PairingWord) -> Bool {
    if case .word(wanted, _) = self { true } else { false }
  }
}
