import DuikouText
import Testing

@Suite struct DataTableTests {
  private let table = DataTable(
    Array("# a comment\n110000\t北京市\t-\t北京,京\n\n150000\t内蒙古自治区\r\n".utf8))

  @Test("Reads rows and leaves out comments and empty lines")
  func rows() {
    #expect(table.rows.map { $0[0] } == ["110000", "150000"])
    #expect(table.rows.map { $0[1] } == ["北京市", "内蒙古自治区"])
  }

  @Test("A dash, and what a row lacks, is an empty cell")
  func emptyCells() {
    #expect(table.rows.first?[2] == "")
    #expect(table.rows.last?[7] == "")
    #expect(table.rows.first?.list(2) == [])
  }

  @Test("Splits a cell at commas")
  func lists() {
    #expect(table.rows.first?.list(3) == ["北京", "京"])
  }

  private let words = DataTable(Array("签署\tsign\n到访\tvisit,meet\n".utf8))

  @Test("An office's rows stand before those that come along, which are all where there are none")
  func office() throws {
    let all = try words.preceded(by: Array("# ours\n\n共建\tsign\n看望\tmeet\n".utf8), kinds: 1)
    #expect(all.rows.map { $0[0] } == ["共建", "看望", "签署", "到访"])
    #expect(try words.preceded(by: nil, kinds: 1).rows.count == 2)
    let marked = try words.preceded(
      by: Array("\u{feff}# ours\n慰问\tcall\n".utf8), kinds: 1, more: ["call"])
    #expect(marked.rows.first?[0] == "慰问")
    #expect(try words.preceded(by: Array("签署\t-\n".utf8), kinds: 1).rows.first?[1] == "")
    #expect(try words.preceded(by: Array("共建\t任何\n".utf8)).rows.count == 3)
  }

  @Test(
    "An office's rows that mean nothing are refused with the line and what is wrong",
    arguments: [
      ("# ours\n\n共建\tsing\n", 3, "“sing” is none of meet, sign, visit"),
      ("共建\tsign\n看望\tsign,see", 2, "“see” is none of meet, sign, visit"),
      ("共建 sign\n", 1, "it has 1 of 2 cells: put a tab between them, not blanks"),
      ("共建\r\n", 1, "it has 1 of 2 cells: put a tab between them, not blanks"),
    ])
  func flaws(own: String, line: Int, problem: String) {
    let flaw = #expect(throws: DataTable.Flaw.self) {
      try words.preceded(by: Array(own.utf8), kinds: 1)
    }
    #expect(flaw?.line == line && flaw?.problem == problem)
  }

  @Test("An office's rows in another encoding are refused")
  func encoding() {
    let flaw = #expect(throws: DataTable.Flaw.self) {
      try words.preceded(by: [0xb9, 0xb2, 0xbd, 0xa8, 0x09, 0x73], kinds: 1)
    }
    #expect(flaw?.line == nil && flaw?.problem == "it is not UTF-8: save it as UTF-8")
  }
}
