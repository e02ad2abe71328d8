/// Which refusals are written: a value, fed with who was refused and times.
///
/// Callers decide how often they are refused. So equal refusals are written once a minute, of one caller at
/// most `mostOfOne`, of all at most `most`; what is left out is counted, and told when the minute is over.
struct AuditThrottle: Sendable {
  /// Entries in a minute.
  let most: Int
  /// Entries of one caller in a minute.
  let mostOfOne: Int

  private static let minute: Int64 = 60_000_000_000

  private var start: Int64?
  private var written: Set<String> = []
  private var callers: [String: Int] = [:]
  private var leftOut = 0

  init(most: Int = 60, mostOfOne: Int = 10) {
    self.most = most
    self.mostOfOne = mostOfOne
  }

  struct Verdict: Sendable, Hashable {
    var isWritten: Bool
    /// Refusals of the minutes before that were left out, when a new one begins.
    var leftOut: Int
  }

  /// Asks for an entry about `what`, which `caller` was refused. `now` is in nanoseconds.
  mutating func admit(_ what: String, of caller: String, now: Int64) -> Verdict {
    var before = 0
    if start.map({ now - $0 >= Self.minute }) ?? true {
      before = leftOut
      (start, written, callers, leftOut) = (now, [], [:], 0)
    }
    let key = "\(caller)\u{0}\(what)"
    guard written.count < most, callers[caller, default: 0] < mostOfOne, !written.contains(key)
    else {
      leftOut += 1
      return Verdict(isWritten: false, leftOut: before)
    }
    written.insert(key)
    callers[caller, default: 0] += 1
    return Verdict(isWritten: true, leftOut: before)
  }
}
