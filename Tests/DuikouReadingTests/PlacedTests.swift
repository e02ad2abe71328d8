import DuikouReading
import Testing

@Suite("What stands at places of a text")
struct PlacedTests {
  private struct Word: Placed {
    let range: Range<Int>
  }

  @Test("is found by the part in which it begins", arguments: 0...12)
  func beginning(start: Int) {
    let words = [0..<2, 3..<9, 3..<5, 6..<7, 10..<11].map(Word.init)
    for end in start...13 {
      let expected = words.filter { (start..<end).contains($0.range.lowerBound) }
      #expect(words.beginning(in: start..<end).map(\.range) == expected.map(\.range))
    }
  }

  @Test("is nothing where nothing stands")
  func empty() {
    #expect([Word]().beginning(in: 0..<10).isEmpty)
    #expect([Int]().partitioningIndex { $0 > 0 } == 0)
  }
}
