/// Reads the dates of arbitrary bytes, and the day on which they were published.
@_cdecl("LLVMFuzzerTestOneInput")
public func readDates(_ bytes: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let text = SourceText(UnsafeBufferPointer(start: bytes, count: size))
  let published = PublicationDate(in: text)
  for line in published?.lines ?? [] { precondition(line.upperBound <= size) }
  for day in [nil, published?.day] {
    var last = 0
    for date in ChineseDate.all(in: text, published: day) {
      precondition(date.range.lowerBound >= last && date.range.upperBound <= size)
      last = date.range.upperBound
      if let first = date.first, let end = date.last { precondition(first <= end) }
    }
  }
  return 0
}
