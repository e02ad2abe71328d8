/// How often a time fell into each of some ranges: a value.
struct Histogram: Sendable, Hashable {
  /// Upper bounds in nanoseconds: from what a call in memory takes to what a person waits for.
  static let bounds: [Int64] = [
    100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000,
    50_000_000, 100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000,
    5_000_000_000, 10_000_000_000, 60_000_000_000,
  ]

  /// How many fell below each bound and above the one before; the last above all.
  private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
  private(set) var sum: Double = 0

  var count: UInt64 { counts.reduce(0, +) }

  mutating func add(_ nanoseconds: Int64) {
    counts[Self.bounds.firstIndex { nanoseconds <= $0 } ?? Self.bounds.count] += 1
    sum += Double(nanoseconds) / 1e9
  }
}
