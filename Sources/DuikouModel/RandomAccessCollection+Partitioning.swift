extension RandomAccessCollection {
  /// The first index whose element fits; `endIndex` where none does. The elements that fit stand
  /// behind all others.
  @inlinable public func partitioningIndex(where fits: (Element) -> Bool) -> Index {
    var low = startIndex
    var left = count
    while left > 0 {
      let half = left / 2
      let middle = index(low, offsetBy: half)
      if fits(self[middle]) {
        left = half
      } else {
        low = index(after: middle)
        left -= half + 1
      }
    }
    return low
  }
}
