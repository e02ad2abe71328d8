import DuikouText
import Testing

@Suite struct SplittingTests {
  private func sentences(_ string: String) -> [String] {
    withText(string) { text in text.sentences(in: text.range).map(text.string) }
  }

  private func clauses(_ string: String) -> [String] {
    withText(string) { text in text.clauses(in: text.range).map(text.string) }
  }

  @Test(
    "Ends sentences at full-width and ASCII signs and at line ends",
    arguments: [
      ("甲说。乙说！丙说？丁说；戊", ["甲说", "乙说", "丙说", "丁说", "戊"]),
      ("甲说;乙说!丙说?", ["甲说", "乙说", "丙说"]),
      ("甲\n\n 乙\r\n丙", ["甲", " 乙", "丙"]),
      ("投资2.13亿元,8家企业", ["投资2.13亿元,8家企业"]),
      ("。。", []),
      ("", []),
    ])
  func sentences(string: String, expected: [String]) {
    #expect(sentences(string) == expected)
    withText(string) { text in
      #expect(text.firstSentence(in: text.range).map(text.string) == expected.first)
    }
  }

  @Test(
    "Ends clauses at commas and colons as well, not at 、",
    arguments: [
      ("甲、乙,丙:丁", ["甲、乙", "丙", "丁"]),
      ("甲，乙：丙。", ["甲", "乙", "丙"]),
    ])
  func clauses(string: String, expected: [String]) {
    #expect(clauses(string) == expected)
  }

  @Test("Finds where a sentence starts")
  func sentenceStart() {
    withText("甲。乙,丙") { text in
      #expect(text.sentenceStart(of: 13) == 6)
      #expect(text.sentenceStart(of: 3) == 0)
      #expect(text.sentenceStart(of: 13, notBefore: 9) == 9)
    }
  }

  @Test(
    "Leaves out ranges, in whatever order they come",
    arguments: [
      ([], [0..<10]), ([0..<10], []), ([2..<4], [0..<2, 4..<10]),
      ([6..<8, 2..<4], [0..<2, 4..<6, 8..<10]),
      ([2..<6, 4..<8], [0..<2, 8..<10]), ([8..<50], [0..<8]),
    ] as [([Range<Int>], [Range<Int>])])
  func parts(without: [Range<Int>], expected: [Range<Int>]) {
    withText("0123456789") { text in
      #expect(text.parts(without: without) == expected)
    }
  }
}
