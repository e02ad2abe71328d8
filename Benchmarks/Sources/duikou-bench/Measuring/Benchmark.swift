/// One thing that is measured.
protocol Benchmark: Sendable {
  /// Such as `worker/doc/awake`; unique.
  var name: String { get }
  var unit: Unit { get }
  /// What it is compared with, and what the design wants of it.
  var aims: [Aim] { get }

  /// What one round gives: nanoseconds or bytes, the median of many samples. Nil where this machine
  /// cannot do it.
  func measure() async throws -> Double?
}

enum Unit: String, Codable {
  case nanoseconds
  case bytes
}

extension Benchmark {
  var unit: Unit { .nanoseconds }
  var aims: [Aim] { [] }
}

/// A measurement that is one call of a function.
struct Measured: Benchmark {
  var name: String
  var unit = Unit.nanoseconds
  var aims: [Aim] = []
  var body: @Sendable () async throws -> Double?

  func measure() async throws -> Double? { try await body() }
}
