import DuikouPipeline
import Testing

@Suite("A document without a title")
struct DocumentSourceTests {
  @Test(
    "gets its first line",
    arguments: [
      ("标题\n正文", "标题"), ("\n\n  　标 题 \r\n正文", "标 题"), ("一行", "一行"),
      ("\u{feff}标题\n", "标题"), ("", ""), ("\n \n", ""),
      ("头条|座谈会召开\n", "座谈会召开"), ("图文丨 座谈会", "座谈会"), ("京蒙协作再升级|大兴", "京蒙协作再升级|大兴"), ("头条|", "头条|"),
      (String(repeating: "长", count: 500), String(repeating: "长", count: 120)),
    ])
  func title(text: String, expected: String) {
    #expect(DocumentSource.title(of: Array(text.utf8)) == expected)
  }

  @Test("that is no text gets one all the same")
  func noText() {
    #expect(DocumentSource.title(of: [0xff, 0x41, 0x0a]) == "\u{fffd}A")
  }
}
