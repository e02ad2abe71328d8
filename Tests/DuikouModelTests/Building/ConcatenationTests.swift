import CDuikou
import Testing

@testable import DuikouModel

@Suite("Images put together")
struct ConcatenationTests {
  @Test("keep each document's text, rows, strings and references")
  func concatenates() throws {
    let texts = ["北京市与赤峰市。", "北京市与通辽市合作，赤峰市参加。", "北京市与呼和浩特。"]
    let images = try texts.map(Samples.image)
    let all = try Image.concatenating(images, schema: .domain)
    _ = try Image(validating: Samples.bytes(of: all), schema: .domain)
    #expect(all.documents.map { String(all.text(in: $0.text)) } == texts)
    let places: Rows<dk_place> = all.rows()
    #expect(places.map(\.row.document) == [1, 1, 2, 2, 3, 3])
    #expect(places.map { all.string($0.name) == "北京市" } == [true, false, true, false, true, false])
    #expect(places.map { String(all.text(in: $0.row.evidence)) }[0] == "北京市")
    #expect(String(all.text(in: places[2].row.evidence)) == "北京市")
    let mentions: Rows<dk_mention> = all.rows()
    let codes = mentions.map { all.row($0.entity, as: dk_place.self)?.code }
    #expect(codes == [110000, 150400, 110000, 150400, 110000, 150400])
    // Rows that named no document belong to their image's only one.
    #expect(all.rows(dk_agency.self).map(\.row.document) == [1, 2, 3])
  }

  @Test("of none are an empty image")
  func empty() throws {
    let none = try Image.concatenating([], schema: .domain)
    #expect(none.documents.isEmpty && none.text.isEmpty)
    _ = try Image(validating: Samples.bytes(of: none), schema: .domain)
  }
}
