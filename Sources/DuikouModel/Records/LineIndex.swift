import Glibc

/// Where the lines of an image's text begin.
struct LineIndex: Sendable {
  /// Offsets of line feeds in the text section.
  private let ends: [Int]

  init(_ text: UnsafeRawBufferPointer) {
    var ends: [Int] = []
    if var rest = text.baseAddress {
      let end = rest + text.count
      while let found = memchr(rest, 0x0a, end - rest) {
        ends.append(text.count - (end - UnsafeRawPointer(found)))
        rest = UnsafeRawPointer(found) + 1
      }
    }
    self.ends = ends
  }

  /// The line of an offset, from 1, in a document whose text begins at `start`.
  func line(of offset: Int, from start: Int) -> Int {
    count(before: offset) - count(before: start) + 1
  }

  private func count(before offset: Int) -> Int {
    ends.partitioningIndex { $0 >= offset }
  }
}
