import Testing

@testable import DuikouPipeline

@Suite("The media type of a file")
struct MediaTypeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let sentence: String
    let name: String
    let bytes: [UInt8]
    let expected: MediaType
    var testDescription: String { sentence }

    init(_ sentence: String, _ name: String, _ bytes: [UInt8], _ expected: MediaType) {
      (self.sentence, self.name, self.bytes, self.expected) = (sentence, name, bytes, expected)
    }

    init(_ sentence: String, _ name: String, _ text: String, _ expected: MediaType) {
      self.init(sentence, name, Array(text.utf8), expected)
    }
  }

  private static let archive: [UInt8] = [0x50, 0x4b, 0x03, 0x04]

  @Test(
    "is",
    arguments: [
      Case("plain text without an ending", "通知", "各旗县：", .plainText),
      Case("plain text in GB18030", "a", [0xb8, 0xf7, 0xc6, 0xec, 0xcf, 0xd8], .plainText),
      Case("plain text in UTF-16 with its mark", "a", [0xff, 0xfe, 0x04, 0x54, 0, 0], .plainText),
      Case(
        "plain text in UTF-16 by the zeros of one half", "a", [0x31, 0, 0x32, 0, 0x33, 0],
        .plainText),
      Case(
        "nothing that is known for bytes of no text", "a", (0..<64).map { UInt8($0 % 9) }, .unknown),
      Case("nothing, empty", "a", "", .plainText),
      Case("HTML by its name", "a.HTM", "<p>敖汉旗", .html),
      Case("HTML by its beginning", "a", "\u{feff}\n <!DOCTYPE HTML>", .html),
      Case("a page that a browser has saved", "a", "<!-- saved from url=(0021) -->", .html),
      Case("plain text that begins with a bracket", "a", "<关于印发的通知>", .plainText),
      Case("a table by its name", "台账.csv", "项目,金额", .csv),
      Case("a table with tabs by its name", "台账.tsv", "项目\t金额", .tabSeparated),
      Case("a PDF file whatever its name", "a.txt", "%PDF-1.7", .pdf),
      Case("a PDF file with bytes in front", "a", "\n\n%PDF-1.4", .pdf),
      Case("a DOCX file by its name", "a.docx", archive, .docx),
      Case("a DOCX file by its parts", "a.zip", archive + Array("word/document.xml".utf8), .docx),
      Case("a DOCX file with macros by its name", "a.DOCM", archive, .docx),
      Case("an XLSX file with macros by its name", "a.xlsm", archive, .xlsx),
      Case("an XLSX file by its parts", "a", archive + Array("xl/workbook.xml".utf8), .xlsx),
      Case("an archive", "a.zip", archive, .zip),
      Case("an old Office file", "a.doc", [0xd0, 0xcf, 0x11, 0xe0], .compoundFile),
      Case("a picture called a page", "a.html", [0x89, 0x50, 0x4e, 0x47], MediaType("image/png")),
      Case("no table that only its name says", "a.xlsx", "项目,金额", .plainText),
    ])
  func detection(_ test: Case) {
    #expect(MediaType(of: test.bytes, named: test.name) == test.expected)
  }
}
