import CoreMetrics
import Testing

@testable import DuikouServer

@Suite("Metrics for Prometheus")
struct PrometheusMetricsTests {
  private let metrics = PrometheusMetrics(help: ["calls_total": "Calls."])

  @Test("are printed by name, with help, type and labels")
  func text() {
    let labels = [("method", "A\"b\\\n")]
    Counter(label: "calls_total", dimensions: labels, factory: metrics).increment(by: 2)
    Counter(label: "calls_total", dimensions: [], factory: metrics).increment()
    Meter(label: "running", dimensions: [], factory: metrics).increment(by: 3)
    Meter(label: "running", dimensions: [], factory: metrics).decrement()
    #expect(
      metrics.text == """
        # HELP calls_total Calls.
        # TYPE calls_total counter
        calls_total 1
        calls_total{method="A\\"b\\\\\\n"} 2
        # TYPE running gauge
        running 2.0

        """)
  }

  @Test("count a time below each bound that it does not pass")
  func histogram() throws {
    let timer = Timer(label: "seconds", dimensions: [], factory: metrics)
    for nanoseconds: Int64 in [100_000, 100_001, 2_000_000_000, 3_600_000_000_000] {
      timer.recordNanoseconds(nanoseconds)
    }
    let lines = metrics.text.split(separator: "\n")
    #expect(lines.contains("seconds_bucket{le=\"0.0001\"} 1"))
    #expect(lines.contains("seconds_bucket{le=\"0.00025\"} 2"))
    #expect(lines.contains("seconds_bucket{le=\"2.5\"} 3"))
    #expect(lines.contains("seconds_bucket{le=\"60.0\"} 3"))
    #expect(lines.contains("seconds_bucket{le=\"+Inf\"} 4"))
    #expect(lines.contains("seconds_count 4"))
    #expect(lines.last == "seconds_count 4" || lines.last?.hasPrefix("seconds_sum 3602.0") == true)
  }
}
