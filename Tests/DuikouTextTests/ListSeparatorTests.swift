import DuikouText
import Testing

@Suite struct ListSeparatorTests {
  @Test(
    "Knows signs and words, at and before an offset",
    arguments: [
      ("甲、乙", .mark, 3), ("甲,乙", .comma, 1), ("甲，乙", .comma, 3), ("甲和乙", .word, 3),
      ("甲以及乙", .word, 6), ("甲暨乙", .word, 3),
    ] as [(String, ListSeparator.Kind, Int)])
  func separators(string: String, kind: ListSeparator.Kind, width: Int) {
    withText(string) { text in
      #expect(text.listSeparator(at: 3)?.kind == kind)
      #expect(text.listSeparator(at: 3)?.width == width)
      #expect(text.listSeparator(before: 3 + width) == text.listSeparator(at: 3))
      #expect(text.listSeparator(at: 0) == nil)
      #expect(text.listSeparator(before: 3) == nil)
    }
  }
}
