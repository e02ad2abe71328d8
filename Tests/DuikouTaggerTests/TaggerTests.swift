import DuikouTagger
import DuikouText
import Testing

@Suite("A tagger")
struct TaggerTests {
  private let tagger: Tagger

  init() throws { tagger = Tagger(try SmallCorpus.model()) }

  private func names(_ bytes: [UInt8], _ range: Range<Int>? = nil) -> [String] {
    bytes.withUnsafeBufferPointer { buffer in
      let text = SourceText(buffer)
      return tagger.names(in: text, range: range).map {
        "\(tagger.model.tags.types[$0.type]) \(text.string($0.range))"
      }
    }
  }

  @Test(
    "finds names",
    arguments: [
      ("主任宋宇说，岱海很美。", ["person 宋宇", "spot 岱海"]),
      ("会议在北京召开。主任王芳说，古北水镇很美。\n郑宜平表示感谢。", ["person 王芳", "spot 古北水镇", "person 郑宜平"]),
      ("会议在北京召开。", []), ("", []),
    ] as [(String, [String])])
  func finds(_ text: String, _ expected: [String]) {
    #expect(names(Array(text.utf8)) == expected)
  }

  @Test("finds names in a part of a text, in whole characters")
  func part() {
    let text = Array("主任宋宇说，岱海很美。主任王芳说，岱海很美。".utf8)
    #expect(names(text, 0..<33) == ["person 宋宇", "spot 岱海"])
    #expect(names(text, 34..<1000).last == "spot 岱海")
    #expect(names(text, 5..<5) == [])
  }

  @Test("survives what is no UTF-8, at every place where a text may be cut")
  func cut() {
    let text = Array("主任宋宇说，岱海很美。".utf8)
    for start in text.indices {
      for end in start...text.count { _ = names(Array(text[start..<end])) }
    }
    _ = names([0xff, 0xfe, 0xe5, 0x80] + text + [0xf0])
  }

  @Test("reads a long line piece by piece")
  func long() {
    let count = 200
    let text = Array(String(repeating: "主任宋宇说，岱海很美，", count: count).utf8)
    #expect(names(text).count > count)
  }

  @Test("is as sure as its confidence says, from 0 to 1")
  func confidence() {
    for sentence in SmallCorpus.corpus.sentences.prefix(10) {
      var text = String(
        String.UnicodeScalarView(sentence.characters.compactMap(Unicode.Scalar.init)))
      text.withUTF8 { bytes in
        for name in tagger.names(in: SourceText(bytes)) {
          #expect((0.5...1).contains(name.confidence) && name.margin > 0)
        }
      }
    }
  }
}
