/// Which entries are written: a value, fed with entries and times.
///
/// Callers decide how often they are refused, so equal refusals are written once a minute, and no more
/// than `most` in all. What is left out is counted, and told by the next entry.
struct AuditThrottle: Sendable {
  /// Entries in a minute.
  let most: Int

  private static let minute: Int64 = 60_000_000_000

  private var start: Int64?
  private var written: Set<String> = []
  /// Equal entries that were left out since the last one.
  private var equal: [String: Int] = [:]

  init(most: Int = 60) {
    self.most = most
  }

  /// How many entries the one with `key` stands for, itself included; nil where it is left out. `now` is
  /// in nanoseconds.
  mutating func admit(_ key: String, now: Int64) -> Int? {
    if start.map({ now - $0 >= Self.minute }) ?? true {
      start = now
      written = []
    }
    guard written.count < most, !written.contains(key) else {
      if equal[key] != nil || equal.count < most { equal[key, default: 0] += 1 }
      return nil
    }
    written.insert(key)
    return 1 + (equal.removeValue(forKey: key) ?? 0)
  }
}
