/// What a run has found.
struct Report: Encodable {
  var machine: MachineFacts
  var rounds: Int
  var lines: [Line]

  /// One benchmark.
  struct Line: Encodable {
    var name: String
    var unit: Unit
    /// Of each round.
    var values: [Double]
    var comparisons: [Comparison]

    /// Nil for a benchmark that could not be measured.
    init?(_ benchmark: any Benchmark, _ values: [String: [Double]]) {
      guard let own = values[benchmark.name] else { return nil }
      name = benchmark.name
      unit = benchmark.unit
      self.values = own
      comparisons = benchmark.aims.compactMap { Comparison($0, own, values) }
    }
  }

  /// A benchmark beside its yardstick.
  struct Comparison: Encodable {
    var yardstick: String?
    /// Median of the rounds' ratios, each of values of one round.
    var ratio: Double
    var smallest: Double
    var largest: Double
    var isMet: Bool?
    let aim: Aim

    private enum CodingKeys: String, CodingKey {
      case yardstick, ratio, smallest, largest, isMet
    }

    init?(_ aim: Aim, _ own: [Double], _ values: [String: [Double]]) {
      let yardsticks = aim.yardstick.map { values[$0] ?? [] }
      let ratios = own.indices.compactMap { round -> Double? in
        guard let yardsticks else { return aim.ratio(own[round], yardstick: nil) }
        guard round < yardsticks.count else { return nil }
        return aim.ratio(own[round], yardstick: yardsticks[round])
      }
      guard let smallest = ratios.min(), let largest = ratios.max() else { return nil }
      self.aim = aim
      self.smallest = smallest
      self.largest = largest
      yardstick = aim.yardstick
      ratio = ratios.median
      isMet = aim.isMet(ratios.median)
    }
  }
}
