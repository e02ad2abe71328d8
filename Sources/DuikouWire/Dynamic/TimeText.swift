import DuikouModel

/// Seconds and billionths of them, as protobuf's times and durations have them.
struct TimeText: Equatable {
  var seconds: Int64
  var nanos: Int32

  /// Reads RFC 3339, such as `2018-07-04T08:00:00.5+08:00`; nil for what is no time from year 1 to 9999.
  init?(time text: String) {
    let pattern =
      /([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))/
    guard let match = text.wholeMatch(of: pattern)?.output,
      let year = Int(match.1), let month = Int(match.2), let day = Int(match.3),
      let hour = Int(match.4), let minute = Int(match.5), let second = Int(match.6),
      (1...12).contains(month), day >= 1, hour < 24, minute < 60, second < 60
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard CivilDate(days: date.days) == date else { return nil }
    var offset = 0
    if let sign = match.8, let hours = match.9.flatMap({ Int($0) }),
      let minutes = match.10.flatMap({ Int($0) })
    {
      guard hours < 24, minutes < 60 else { return nil }
      offset = (hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1)
    }
    seconds = Int64(date.days * 86_400 + hour * 3600 + minute * 60 + second - offset)
    nanos = match.7.map(Self.nanos) ?? 0
    guard Self.times.contains(seconds) else { return nil }
  }

  /// Reads a duration, such as `-1.5s`; nil for what is none of at most 10,000 years.
  init?(duration text: String) {
    guard let match = text.wholeMatch(of: /(-?)([0-9]{1,12})(?:\.([0-9]{1,9}))?s/)?.output,
      let whole = Int64(match.2), whole <= Self.longest
    else { return nil }
    let sign: Int64 = match.1.isEmpty ? 1 : -1
    seconds = whole * sign
    nanos = (match.3.map(Self.nanos) ?? 0) * Int32(sign)
  }

  /// Reads the fields of a message, as JSON has them.
  init?(fields: JSONValue) {
    guard let seconds = Int64(fields["seconds"]?.text ?? "0") else { return nil }
    self.seconds = seconds
    nanos = 0
    if case .number(let text)? = fields["nanos"] {
      guard let nanos = Int32(text) else { return nil }
      self.nanos = nanos
    }
  }

  var fields: JSONValue { ["seconds": .string("\(seconds)"), "nanos": .number("\(nanos)")] }

  /// RFC 3339 in UTC; nil for what is no time.
  var time: String? {
    guard Self.times.contains(seconds), (0..<1_000_000_000).contains(nanos) else { return nil }
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let rest = Int(seconds) - days * 86_400
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    return "\(CivilDate(days: days))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
      + Self.fraction(nanos) + "Z"
  }

  /// Nil for what is no duration.
  var duration: String? {
    guard seconds.magnitude <= Self.longest, nanos.magnitude < 1_000_000_000,
      seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0)
    else { return nil }
    let sign = seconds < 0 || nanos < 0 ? "-" : ""
    return "\(sign)\(seconds.magnitude)\(Self.fraction(Int32(nanos.magnitude)))s"
  }

  /// The first second of year 1 to the last of 9999.
  private static let times: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
  private static let longest: Int64 = 315_576_000_000

  private static func nanos(_ digits: some StringProtocol) -> Int32 {
    Int32(digits + String(repeating: "0", count: 9 - digits.count)) ?? 0
  }

  /// None, three, six or nine digits behind a point.
  private static func fraction(_ nanos: Int32) -> String {
    guard nanos != 0 else { return "" }
    let text = String(nanos)
    let digits = String(repeating: "0", count: 9 - text.count) + text
    for count in [3, 6] where digits.dropFirst(count).allSatisfy({ $0 == "0" }) {
      return ".\(digits.prefix(count))"
    }
    return ".\(digits)"
  }
}
