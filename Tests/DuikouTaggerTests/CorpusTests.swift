import DuikouTagger
import Testing

@Suite("A corpus")
struct CorpusTests {
  /// A file, and the sentences that are read from it, with names in brackets.
  struct Readable: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var file: String
    var format = Corpus.Format.bio
    var sentences: [String]
  }

  /// Sentences with names as `[person 宋宇]`.
  private static func shown(_ sentence: LabeledSentence) -> String {
    var text = ""
    for (at, character) in sentence.characters.enumerated() {
      for name in sentence.names where name.range.lowerBound == at { text += "[\(name.type) " }
      text.unicodeScalars.append(Unicode.Scalar(character) ?? "?")
      for name in sentence.names where name.range.upperBound == at + 1 { text += "]" }
    }
    return text
  }

  @Test(
    "is read",
    arguments: [
      Readable(
        testDescription: "with a name, a blank line and no line break at its end",
        file: "宋 B-person\n宇 I-person\n说 O\n\n好 O", sentences: ["[person 宋宇]说", "好"]),
      Readable(
        testDescription: "with BIOES tags",
        file: "宋 B-a\n小 I-a\n宇 E-a\n京 S-b\n。 O\n", sentences: ["[a 宋小宇][b 京]。"]),
      Readable(
        testDescription: "with M for what goes on",
        file: "宋 B-a\n小 M-a\n宇 E-a\n", sentences: ["[a 宋小宇]"]),
      Readable(
        testDescription: "with two names side by side",
        file: "宋 B-a\n宇 I-a\n张 B-a\n军 I-a\n", sentences: ["[a 宋宇][a 张军]"]),
      Readable(
        testDescription: "with a name that goes on without having begun",
        file: "宋 I-a\n宇 I-a\n京 I-b\n", sentences: ["[a 宋宇][b 京]"]),
      Readable(
        testDescription: "with tabs, carriage returns, a byte order mark and many blank lines",
        file: "\u{feff}\r\n宋\tB-a\r\n\r\n\r\n宇\tO\r\n", sentences: ["[a 宋]", "宇"]),
      Readable(
        testDescription: "of characters outside of the basic plane",
        file: "𠮷 B-a\n田 I-a\n", sentences: ["[a 𠮷田]"]),
      Readable(
        testDescription: "as CLUENER has it",
        file:
          #"{"text": "银行叶老桂认为", "label": {"name": {"叶老桂": [[2, 4]]}, "company": {"银行": [[0, 1]]}}}"#,
        format: .cluener, sentences: ["[company 银行][name 叶老桂]认为"]),
      Readable(
        testDescription:
          "as CLUENER has it, with a name twice, other members and a line without label",
        file: """
          {"id": 3, "text": "宋宇和宋宇", "label": {"name": {"宋宇": [[0, 1], [3, 4]]}}, "more": [{"a": [1.5, null, true]}]}

          {"text": "好"}
          """, format: .cluener, sentences: ["[name 宋宇]和[name 宋宇]", "好"]),
      Readable(
        testDescription: "as CLUENER has it, with escapes and positions that count code points",
        file: #"{"text": "\ud842\udfb7\u5b8b\"\n宇", "label": {"a": {"\u5b8b": [[1, 1]]}}}"#,
        format: .cluener, sentences: ["𠮷[a 宋]\"\n宇"]),
      Readable(
        testDescription: "as CLUENER has it, of names within each other the longer one",
        file: #"{"text": "北京大学", "label": {"a": {"北京": [[0, 1]]}, "b": {"北京大学": [[0, 3]]}}}"#,
        format: .cluener, sentences: ["[b 北京大学]"]),
    ])
  func readable(_ given: Readable) throws {
    let corpus = try Corpus(Array(given.file.utf8))
    #expect(corpus.format == given.format)
    #expect(corpus.sentences.map(Self.shown) == given.sentences)
  }

  /// A file, and the line and words of what is said about it.
  struct Unreadable: Sendable, CustomTestStringConvertible {
    var file: [UInt8]
    var line: Int
    var reason: String
    var testDescription: String { "\(reason), line \(line)" }

    init(_ file: String, _ line: Int, _ reason: String) {
      self.init(Array(file.utf8), line, reason)
    }

    init(_ file: [UInt8], _ line: Int, _ reason: String) {
      (self.file, self.line, self.reason) = (file, line, reason)
    }
  }

  @Test(
    "that cannot be read is refused, with the line",
    arguments: [
      Unreadable("", 1, "no sentence"),
      Unreadable("\n\n \n", 1, "no sentence"),
      Unreadable("宋 B-a\n宇\n", 2, "not 1 words"),
      Unreadable("宋 B-a x\n", 1, "not 3 words"),
      Unreadable("宋宇 B-a\n", 1, "expects one character"),
      Unreadable("宋 O\n\n宇 X-a\n", 3, "such as B-person, not X-a"),
      Unreadable("宋 B-\n", 1, "not B-"),
      Unreadable("宋 Ba\n", 1, "not Ba"),
      Unreadable("宋 o\n", 1, "not o"),
      Unreadable("宋 B-a/b\n", 1, "letters, digits"),
      Unreadable("宋 B-\(String(repeating: "长", count: 30))\n", 1, "at most 64 bytes"),
      Unreadable(Array("宋 O\n".utf8) + [0xff] + Array(" O\n".utf8), 2, "is not UTF-8"),
      Unreadable(" [\n{\"text\": \"好\"}]\n", 1, "is a list"),
      Unreadable("{}\n", 1, "has no \"text\""),
      Unreadable("{\"text\": \"好\"}\n{\"text\": \"宋\"\n", 2, "expects } at column"),
      Unreadable("{\"text\": \"好\"} {}\n", 1, "more than one object"),
      Unreadable("{\"text\": \"好", 1, "does not end"),
      Unreadable("{\"text\": \"\\x\"}", 1, "an escape that JSON does not know"),
      Unreadable("{\"text\": \"\\u12\"}", 1, "four hexadecimal digits"),
      Unreadable("{\"text\": 1}", 1, "expects \""),
      Unreadable(Array("{\"text\": \"".utf8) + [0xc3] + Array("\"}".utf8), 1, "not UTF-8"),
      Unreadable("{\"text\": \"好\", \"label\": {\"a\": {\"好\": [[0, 1]]}}}", 1, "has 1 characters"),
      Unreadable("{\"text\": \"好\", \"label\": {\"a\": {\"好\": [[1, 0]]}}}", 1, "lies outside"),
      Unreadable("{\"text\": \"好\", \"label\": {\"a\": {\"好\": [[-1, 0]]}}}", 1, "a whole number"),
      Unreadable(
        "{\"text\": \"好人\", \"label\": {\"a\": {\"好\": [[1, 1]]}}}", 1, "does not stand at"),
      Unreadable(
        "{\"text\": \"好\", \"label\": {\"a\": {\"好\": [[0]]}}}", 1, "the first and the last"),
      Unreadable("{\"text\": \"好\", \"label\": {\"a b\": {\"好\": [[0, 0]]}}}", 1, "a type has"),
      Unreadable("{\"x\": \(String(repeating: "[", count: 100_000))", 1, "too deep"),
      Unreadable("{\"text\": \"好\", \"x\": }", 1, "expects a value"),
      Unreadable(
        "{\"text\": \"好\", \"label\": {\"a\": {\"好\": [[0, 99999999999999999999]]}}}", 1,
        "a whole number"),
    ])
  func unreadable(_ given: Unreadable) {
    let error = #expect(throws: CorpusError.self) { try Corpus(given.file) }
    #expect(error?.line == given.line)
    #expect(error?.reason.contains(given.reason) == true, "\(error?.reason ?? "")")
  }

  @Test("is split by lot, the same for the same seed, and nothing is lost")
  func split() {
    let corpus = Corpus(
      sentences: (0..<100).map { LabeledSentence(characters: [UInt32(0x4e00 + $0)], names: []) })
    let (rest, heldOut) = corpus.split(holdingOut: 0.2, seed: 7)
    #expect(heldOut.sentences.count == 20 && rest.sentences.count == 80)
    let all = Set((rest.sentences + heldOut.sentences).map { $0.characters[0] })
    #expect(all.count == 100)
    #expect(corpus.split(holdingOut: 0.2, seed: 7).heldOut == heldOut)
    #expect(corpus.split(holdingOut: 0.2, seed: 8).heldOut != heldOut)
  }

  @Test("keeps names of some types, and its sentences")
  func keeping() throws {
    let corpus = try Corpus(Array("宋 B-a\n京 B-b\n".utf8))
    #expect(corpus.types == ["a", "b"])
    let kept = corpus.keeping(["b"])
    #expect(kept.types == ["b"] && kept.sentences[0].characters.count == 2)
  }
}
