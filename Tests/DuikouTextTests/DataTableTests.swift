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
}
