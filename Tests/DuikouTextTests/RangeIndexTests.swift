import DuikouText
import Testing

@Suite struct RangeIndexTests {
  private let index = {
    var index = RangeIndex(count: 10_000)
    for range in [10..<20, 500..<1_600, 1_590..<1_610, 9_990..<10_000, 30..<30] {
      index.insert(range)
    }
    return index
  }()

  @Test(
    "Knows what overlaps",
    arguments: [
      (0..<10, false), (0..<11, true), (19..<20, true), (20..<500, false), (1_000..<1_001, true),
      (1_610..<9_990, false), (9_999..<20_000, true), (10_000..<20_000, false), (15..<15, false),
      (30..<31, false), (-5..<15, false),
    ])
  func overlaps(range: Range<Int>, expected: Bool) {
    #expect(index.overlaps(range) == expected)
    #expect((index.last(overlapping: range) != nil) == expected)
  }

  @Test("Of several ranges takes the one that ends last")
  func last() {
    #expect(index.last(overlapping: 1_595..<1_596) == 1_590..<1_610)
    #expect(index.last(overlapping: 1_000..<1_001) == 500..<1_600)
  }

  @Test("An empty text has no ranges")
  func empty() {
    var index = RangeIndex(count: 0)
    index.insert(0..<5)
    #expect(!RangeIndex(count: 0).overlaps(0..<5))
    #expect(!index.overlaps(600..<700))
  }
}
