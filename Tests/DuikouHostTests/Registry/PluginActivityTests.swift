import Testing

@testable import DuikouHost

@Suite("What a generation has done")
struct PluginActivityTests {
  @Test("is nothing at first")
  func nothing() {
    let activity = PluginActivity()
    #expect(activity.calls == 0 && activity.failures == 0 && activity.latency(0.99) == 0)
  }

  struct Times: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Nanoseconds.
    var times: [Int64]
    var share: Double
    var expected: Int64
  }

  @Test(
    "tells within an eighth how long a share of the calls took",
    arguments: [
      Times(
        testDescription: "all the same", times: Array(repeating: 1_000, count: 7), share: 0.5,
        expected: 1_000),
      Times(
        testDescription: "half of many", times: (1...1000).map { $0 * 1_000 }, share: 0.5,
        expected: 500_000),
      Times(
        testDescription: "nearly all of many", times: (1...1000).map { $0 * 1_000 }, share: 0.99,
        expected: 990_000),
      Times(
        testDescription: "one that took an hour",
        times: Array(repeating: 5, count: 99) + [3_600_000_000_000],
        share: 0.99, expected: 5),
      Times(testDescription: "for ever", times: [5, .max], share: 1, expected: .max),
      Times(testDescription: "no time", times: [0, -5, 1], share: 1, expected: 4),
    ])
  func latency(_ row: Times) {
    var activity = PluginActivity()
    for time in row.times.shuffled() { activity.succeeded(nanoseconds: time) }
    #expect(activity.calls == row.times.count)
    let found = activity.latency(row.share)
    #expect(abs(Double(found) - Double(row.expected)) <= Double(row.expected) / 8, "\(found)")
  }

  @Test("remembers the last failure, which counts for no latency")
  func failures() {
    var activity = PluginActivity()
    activity.failed("first", milliseconds: 1)
    activity.succeeded(nanoseconds: 1_000)
    activity.failed("second", milliseconds: 2)
    #expect(activity.calls == 3 && activity.failures == 2)
    #expect(activity.lastFailure == "second" && activity.lastFailureMilliseconds == 2)
    #expect(activity.latency(1) < 2_000)
  }
}
