import DuikouModel
import Testing

@testable import DuikouPipeline

@Suite("A document's bytes")
struct PlainTextTests {
  @Test(
    "are taken as text",
    arguments: [
      ("", "北京市", ""), ("\u{feff}", "北京市", ""), ("", "北京市", "e5"), ("", "北京市", "e58c"),
      ("", "a", "f09f98"), ("", "a\r\nb", ""),
    ])
  func text(mark: String, text: String, cut: String) throws {
    let tail = stride(from: 0, to: cut.count, by: 2).compactMap {
      UInt8(cut.dropFirst($0).prefix(2), radix: 16)
    }
    let bytes = Array((mark + text).utf8) + tail
    #expect(String(decoding: try PlainText(bytes, limit: 100).bytes, as: UTF8.self) == text)
  }

  /// Bytes that are no document, and how that is told.
  struct Bad: Sendable {
    var bytes: [UInt8]
    var code = StatusCode.invalidArgument
    var word: String
  }

  @Test(
    "are refused with a code and a sentence when they are none",
    arguments: [
      Bad(bytes: [], word: "empty"),
      Bad(bytes: [0x20, 0x0a, 0x09], word: "empty"),
      Bad(bytes: [0xe5], word: "empty"),
      Bad(bytes: [0x61, 0x62, 0xff, 0x63], word: "byte 2"),
      Bad(bytes: [0x61, 0x62, 0xc0, 0xaf, 0x63], word: "byte 2"),
      Bad(bytes: [0xe5, 0x8c, 0x97, 0xe5, 0x41], word: "byte 3"),
      // 北京市 in GB18030.
      Bad(bytes: [0xb1, 0xb1, 0xbe, 0xa9, 0xca, 0xd0, 0x0a], word: "byte 0"),
      Bad(bytes: [0x61, 0x00, 0x62], word: "byte 1"),
      Bad(
        bytes: .init(repeating: 0x61, count: 101), code: .resourceExhausted, word: "limit of 100"),
    ])
  func refused(_ bad: Bad) {
    let error = #expect(throws: DuikouError.self) { try PlainText(bad.bytes, limit: 100) }
    #expect(error?.code == bad.code)
    #expect(error?.message.contains(bad.word) == true, "\(error?.message ?? "")")
  }
}
