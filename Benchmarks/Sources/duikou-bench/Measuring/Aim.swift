/// What a benchmark is compared with.
enum Aim: Sendable, Hashable {
  /// It costs so many times its yardstick, at most `bound`; nil where the design wants nothing.
  case times(String, atMost: Double?)
  /// It is so many times better than its yardstick, at least `bound`.
  case better(than: String, atLeast: Double?)
  /// Nothing but its own value counts.
  case atMost(Double)

  /// The benchmark that it is compared with.
  var yardstick: String? {
    switch self {
    case .times(let name, _), .better(let name, _): name
    case .atMost: nil
    }
  }

  /// The number that is compared with the bound, of one round.
  func ratio(_ value: Double, yardstick: Double?) -> Double? {
    switch self {
    case .times: yardstick.map { value / $0 }
    case .better: yardstick.map { $0 / value }
    case .atMost: value
    }
  }

  /// Whether the design's bound is kept; nil where there is none.
  func isMet(_ ratio: Double) -> Bool? {
    switch self {
    case .times(_, let bound): bound.map { ratio <= $0 }
    case .better(_, let bound): bound.map { ratio >= $0 }
    case .atMost(let bound): ratio <= bound
    }
  }
}
