import CBench

/// What a call does.
enum Kind: String, CaseIterable, Sendable, CustomStringConvertible {
  case empty
  case doc

  var description: String { rawValue }

  /// As C calls it.
  var number: Int32 {
    switch self {
    case .empty: Int32(BENCH_KIND_EMPTY)
    case .doc: Int32(BENCH_KIND_DOC)
    }
  }
}

/// Whether both sides were at work a moment ago, or slept.
enum Wakefulness: String, CaseIterable, Sendable, CustomStringConvertible {
  /// Calls one after another.
  case awake
  /// A pause before each call.
  case asleep

  var description: String { rawValue }

  /// Of the pause; long against the time for which anybody spins.
  static let pauseMicroseconds = 1000

  var pauseMicroseconds: Int { self == .asleep ? Self.pauseMicroseconds : 0 }

  /// How many samples a round takes.
  var samples: Int { self == .asleep ? 100 : 1000 }
}
