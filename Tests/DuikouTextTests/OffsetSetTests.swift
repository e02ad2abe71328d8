import DuikouText
import Testing

@Suite struct OffsetSetTests {
  private let bytes = OffsetSet([10..<20, 50..<160, 9_990..<10_000, 30..<30], count: 10_000)

  @Test(
    "Knows whether a range has any of its bytes",
    arguments: [
      (0..<10, false), (0..<11, true), (19..<20, true), (20..<50, false), (64..<128, true),
      (100..<101, true), (160..<9_990, false), (9_999..<20_000, true), (10_000..<20_000, false),
      (15..<15, false), (30..<31, false), (-5..<10, false), (-5..<11, true),
    ])
  func overlaps(range: Range<Int>, expected: Bool) {
    #expect(bytes.overlaps(range) == expected)
  }

  @Test("Has each offset of its ranges, and no other")
  func ranges() {
    let expected = (-3..<10_200).filter {
      (10..<20).contains($0) || (50..<160).contains($0) || (9_990..<10_000).contains($0)
    }
    #expect((-3..<10_200).filter(bytes.contains) == expected)
  }

  @Test("Takes single offsets up to the end of the text", arguments: [0, 63, 64, 127, 128])
  func offsets(offset: Int) {
    var set = OffsetSet(count: 128)
    set.insert(offset)
    #expect((0...128).filter(set.contains) == [offset])
  }

  @Test("Ignores what lies outside of the text", arguments: [-1, 131, 192, 5_000])
  func outside(offset: Int) {
    var set = OffsetSet(count: 130)
    set.insert(offset)
    set.insert(offset..<offset + 10)
    #expect(!set.contains(offset))
  }
}
