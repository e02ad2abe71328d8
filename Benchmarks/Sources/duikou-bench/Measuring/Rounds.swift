import Foundation

/// Measures benchmarks in rounds: each once in a round, so that whatever the machine does meanwhile
/// meets them all.
struct Rounds {
  var benchmarks: [any Benchmark]
  var count: Int

  /// Values by the name of the benchmark, one for each round; none where it cannot be measured.
  func run() async throws -> [String: [Double]] {
    var values: [String: [Double]] = [:]
    // The first round warms caches and processes and is forgotten.
    for round in 0...count {
      for benchmark in benchmarks {
        note("round \(round) of \(count): \(benchmark.name)")
        guard let value = try await benchmark.measure(), round > 0 else { continue }
        values[benchmark.name, default: []].append(value)
      }
    }
    note("")
    return values
  }

  /// One line on the terminal that is written over.
  private func note(_ text: String) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    FileHandle.standardError.write(Data("\r\u{1b}[K\(text)".utf8))
  }
}
