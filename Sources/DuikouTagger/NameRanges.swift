/// The names that a sequence of tags makes up.
enum NameRanges {
  /// Ranges of characters, in order.
  static func of(_ path: some Collection<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for (at, tag) in path.enumerated() {
      if !TagSet.isInside(Int(tag)), let begin = start {
        ranges.append(begin..<at)
        start = nil
      }
      if TagSet.isBegin(Int(tag)) { start = at }
    }
    if let start { ranges.append(start..<path.count) }
    return ranges
  }
}
