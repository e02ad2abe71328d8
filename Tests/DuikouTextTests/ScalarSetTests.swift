import Testing

@testable import DuikouText

@Suite struct ScalarSetTests {
  /// 三 and the full-width comma, and what is no character of the plane.
  private let set = ScalarSet(hasOthers: true) { $0 == 0x4e09 || $0 == 0xff0c }
  private static let filler = Array("一二四五六七八九十百千万亿".utf8)

  private func first(_ bytes: [UInt8], _ range: Range<Int>? = nil) -> Int {
    bytes.withUnsafeBufferPointer {
      set.first(in: SourceText($0), range: range ?? 0..<bytes.count)
    }
  }

  @Test(
    "Is found wherever its character stands among others", arguments: ["三", "，", "𠀀", "\u{ff}"])
  func places(member: String) {
    let isByte = member == "\u{ff}"
    let found = isByte ? [0xff] : Array(member.utf8)
    for front in stride(from: 0, through: Self.filler.count, by: 3) {
      for ascii in 0..<4 {
        let head = Array(repeating: UInt8(ascii: "a"), count: ascii) + Self.filler.prefix(front)
        #expect(first(head + found + Self.filler) == head.count)
        #expect(first(head + found) == head.count)
      }
    }
  }

  @Test("Is found in the range alone, and its end is none of its characters")
  func range() {
    let bytes = Self.filler + Array("三".utf8) + Self.filler + Array("三".utf8)
    let start = Self.filler.count
    #expect(first(bytes, 0..<start) == start)
    #expect(first(bytes, 3..<start + 3) == start)
    #expect(first(bytes, start + 3..<2 * start + 3) == 2 * start + 3)
    #expect(first([], 0..<0) == 0)
  }

  @Test("Is found where a character is cut short, as no character stands there")
  func cut() {
    for length in 1...2 {
      let bytes = Self.filler + Self.filler.prefix(length)
      #expect(first(bytes) == Self.filler.count)
    }
  }
}
