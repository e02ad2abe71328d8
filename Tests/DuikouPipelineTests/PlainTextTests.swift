import DuikouModel
import Testing

@testable import DuikouPipeline

@Suite("A document's bytes")
struct PlainTextTests {
  @Test(
    "are taken as text",
    arguments: [
      (Array("北京市".utf8), "北京市"),
      ([0xef, 0xbb, 0xbf] + Array("北京市".utf8), "北京市"),
      (Array("北京市".utf8) + [0xe5], "北京市"),
      (Array("北京市".utf8) + [0xe5, 0x8c], "北京市"),
      (Array("a".utf8) + [0xf0, 0x9f, 0x98], "a"),
      (Array("a\r\nb".utf8), "a\r\nb"),
    ])
  func text(bytes: [UInt8], expected: String) throws {
    let text = try PlainText(bytes, limit: 100)
    #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
  }

  @Test(
    "are refused with a code and a sentence when they are none",
    arguments: [
      ([], StatusCode.invalidArgument, "empty"),
      (Array(" \n\t\n".utf8), .invalidArgument, "empty"),
      ([0xe5], .invalidArgument, "empty"),
      (Array("ab".utf8) + [0xff] + Array("c".utf8), .invalidArgument, "byte 2"),
      (Array("ab".utf8) + [0xc0, 0xaf, 0x63], .invalidArgument, "byte 2"),
      (Array("北".utf8) + [0xe5, 0x41], .invalidArgument, "byte 3"),
      ([0xb1, 0xb1, 0xbe, 0xa9, 0xca, 0xd0, 0x0a], .invalidArgument, "byte 0"),
      (Array("a\u{0}b".utf8), .invalidArgument, "byte 1"),
      (Array(repeating: 0x61, count: 101), .resourceExhausted, "limit of 100"),
    ])
  func refused(bytes: [UInt8], code: StatusCode, word: String) {
    let error = #expect(throws: DuikouError.self) { try PlainText(bytes, limit: 100) }
    #expect(error?.code == code)
    #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
  }

  @Test(
    "have their first line as title",
    arguments: [
      ("标题\n正文", "标题"), ("\n\n  　标 题 \r\n正文", "标 题"), ("一行", "一行"),
      (String(repeating: "长", count: 500), String(repeating: "长", count: 120)),
    ])
  func title(text: String, expected: String) throws {
    #expect(try PlainText(Array(text.utf8), limit: 10_000).title == expected)
  }
}
