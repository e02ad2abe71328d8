import CoreMetrics
import Synchronization

/// Metrics that are kept in memory and printed in Prometheus's text format, version 0.0.4.
///
/// There is no such backend among the packages that this project may use. Times are histograms in
/// seconds. May be used from every thread.
final class PrometheusMetrics: MetricsFactory {
  /// A metric's name and labels, in the order in which they are printed.
  struct Key: Sendable, Hashable, Comparable {
    var name: String
    var labels: [Label]

    struct Label: Sendable, Hashable, Comparable {
      var name: String
      var value: String

      static func < (left: Label, right: Label) -> Bool {
        (left.name, left.value) < (right.name, right.value)
      }
    }

    init(_ name: String, _ dimensions: [(String, String)]) {
      self.name = name
      labels = dimensions.map { Label(name: $0.0, value: $0.1) }
    }

    static func < (left: Key, right: Key) -> Bool {
      left.name == right.name
        ? left.labels.lexicographicallyPrecedes(right.labels) : left.name < right.name
    }
  }

  private enum Value {
    case counter(Int64)
    case gauge(Double)
    case histogram(Histogram)
  }

  private let values = Mutex<[Key: Value]>([:])
  private let help: [String: String]

  /// `help` says what each metric counts, by name.
  init(help: [String: String] = [:]) { self.help = help }

  func increment(_ key: Key, by amount: Int64) {
    values.withLock { values in
      guard case .counter(let old) = values[key, default: .counter(0)] else { return }
      values[key] = .counter(old.addingReportingOverflow(amount).partialValue)
    }
  }

  func set(_ key: Key, to value: Double) { values.withLock { $0[key] = .gauge(value) } }

  func add(_ key: Key, _ amount: Double) {
    values.withLock { values in
      guard case .gauge(let old) = values[key, default: .gauge(0)] else { return }
      values[key] = .gauge(old + amount)
    }
  }

  func record(_ key: Key, nanoseconds: Int64) {
    values.withLock { values in
      guard case .histogram(var histogram) = values[key, default: .histogram(Histogram())] else {
        return
      }
      // Taken out, so that it is changed in place.
      values[key] = nil
      histogram.add(nanoseconds)
      values[key] = .histogram(histogram)
    }
  }

  func remove(_ key: Key) { _ = values.withLock { $0.removeValue(forKey: key) } }

  /// All that is known, by name.
  var text: String {
    let values = values.withLock { $0 }
    var lines: [String] = []
    var last = ""
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      if key.name != last {
        last = key.name
        if let help = help[key.name] { lines.append("# HELP \(key.name) \(help)") }
        lines.append("# TYPE \(key.name) \(Self.type(of: value))")
      }
      switch value {
      case .counter(let number): lines.append("\(Self.line(key)) \(number)")
      case .gauge(let number): lines.append("\(Self.line(key)) \(number)")
      case .histogram(let histogram): lines += Self.lines(key, histogram)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func type(of value: Value) -> String {
    switch value {
    case .counter: "counter"
    case .gauge: "gauge"
    case .histogram: "histogram"
    }
  }

  private static func lines(_ key: Key, _ histogram: Histogram) -> [String] {
    var sum: UInt64 = 0
    var lines: [String] = []
    let bounds = Histogram.bounds.map { "\(Double($0) / 1e9)" } + ["+Inf"]
    for (bound, count) in zip(bounds, histogram.counts) {
      sum += count
      lines.append("\(line(key, suffix: "_bucket", bound: bound)) \(sum)")
    }
    lines.append("\(line(key, suffix: "_sum")) \(histogram.sum)")
    lines.append("\(line(key, suffix: "_count")) \(sum)")
    return lines
  }

  private static func line(_ key: Key, suffix: String = "", bound: String? = nil) -> String {
    let labels = key.labels + (bound.map { [.init(name: "le", value: $0)] } ?? [])
    guard !labels.isEmpty else { return key.name + suffix }
    let texts = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
    return "\(key.name)\(suffix){\(texts.joined(separator: ","))}"
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
  }
}

extension PrometheusMetrics {
  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    Handler(self, label, dimensions)
  }

  func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler { Handler(self, label, dimensions) }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    Handler(self, label, dimensions)
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    Handler(self, label, dimensions)
  }

  func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler { Handler(self, label, dimensions) }

  // What was counted stays until the process ends.
  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}
  func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
}

/// One metric, as swift-metrics sees it.
private final class Handler: CounterHandler, RecorderHandler, MeterHandler, TimerHandler,
  FloatingPointCounterHandler
{
  private let metrics: PrometheusMetrics
  private let key: PrometheusMetrics.Key

  init(_ metrics: PrometheusMetrics, _ label: String, _ dimensions: [(String, String)]) {
    self.metrics = metrics
    key = PrometheusMetrics.Key(label, dimensions)
  }

  func increment(by amount: Int64) { metrics.increment(key, by: amount) }
  func increment(by amount: Double) { metrics.add(key, amount) }
  func decrement(by amount: Double) { metrics.add(key, -amount) }
  func reset() { metrics.remove(key) }
  func set(_ value: Int64) { metrics.set(key, to: Double(value)) }
  func set(_ value: Double) { metrics.set(key, to: value) }
  func record(_ value: Int64) { metrics.set(key, to: Double(value)) }
  func record(_ value: Double) { metrics.set(key, to: value) }
  func recordNanoseconds(_ duration: Int64) { metrics.record(key, nanoseconds: duration) }
}
