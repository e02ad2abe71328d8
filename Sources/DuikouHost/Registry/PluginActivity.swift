/// What one generation of a plugin has done so far: a value.
public struct PluginActivity: Sendable, Hashable {
  /// Calls that have ended, those with errors included.
  public private(set) var calls = 0
  /// Calls that ended with an error.
  public private(set) var failures = 0
  /// Calls that run.
  public internal(set) var running = 0
  /// Processes that were started for it; 0 where it runs in the host's own.
  public internal(set) var starts = 0
  /// Why a call failed the last time; empty where none has.
  public private(set) var lastFailure = ""
  /// When that was, in milliseconds since 1970.
  public private(set) var lastFailureMilliseconds: Int64 = 0
  /// How often a call took a time; see `bucket`.
  private var buckets: [UInt32] = []

  mutating func succeeded(nanoseconds: Int64) {
    calls += 1
    let bucket = Self.bucket(of: nanoseconds)
    if buckets.isEmpty { buckets = [UInt32](repeating: 0, count: Self.bucketCount) }
    buckets[bucket] &+= 1
  }

  mutating func failed(_ reason: String, milliseconds: Int64) {
    calls += 1
    failures += 1
    lastFailure = reason
    lastFailureMilliseconds = milliseconds
  }

  /// The time, in nanoseconds, that this share of the successful calls did not pass, from 0 to 1, within
  /// an eighth of it; 0 where there are none.
  public func latency(_ share: Double) -> Int64 {
    let all = buckets.reduce(0) { $0 + UInt64($1) }
    guard all > 0 else { return 0 }
    let wanted = max(1, UInt64((Double(all) * min(max(share, 0), 1)).rounded(.up)))
    var sum: UInt64 = 0
    for (index, count) in buckets.enumerated() {
      sum += UInt64(count)
      if sum >= wanted { return Self.middle(of: index) }
    }
    return Self.middle(of: Self.bucketCount - 1)
  }

  // Four buckets for each power of two.
  private static let bucketCount = 4 * 64

  private static func bucket(of nanoseconds: Int64) -> Int {
    let time = UInt64(max(4, nanoseconds))
    let power = 63 - time.leadingZeroBitCount
    return 4 * power + Int(time >> UInt64(power - 2) & 3)
  }

  private static func middle(of bucket: Int) -> Int64 {
    let (power, quarter) = (bucket / 4, bucket % 4)
    let width = UInt64(1) << UInt64(power - 2)
    return Int64(clamping: (4 + UInt64(quarter)) * width + width / 2)
  }
}
