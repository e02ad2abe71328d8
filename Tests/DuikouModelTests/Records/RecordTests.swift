import CDuikou
import Testing

@testable import DuikouModel

@Suite("A record")
struct RecordTests {
  @Test("has what its row states, and nothing else")
  func fields() throws {
    let image = try Samples.image()
    let places = image.records(of: UInt32(DK_PLACE), schema: .domain)
    #expect(places[0]["code"] == .uint(110000))
    #expect(places[0]["name"] == .string("北京市"))
    #expect(places[0]["level"] == .name("province", Int64(DK_LEVEL_PROVINCE)))
    #expect(places[0]["lon"] == .double(116.4))
    #expect(places[1]["lon"] == nil && places[1]["parent"] == nil && places[1]["level"] == nil)
    #expect(places[0].evidence == .init(range: 0..<9, text: "北京市", source: .init(line: 1)))
    #expect(places[0].confidence == 0.99 && places[1].confidence == nil)
    let mention = image.records(of: UInt32(DK_MENTION), schema: .domain)[1]
    #expect(mention["entity"] == .reference(type: "duikou.place", index: 1))
    let agency = image.records(of: UInt32(DK_AGENCY), schema: .domain)[0]
    #expect(agency.flags == ["elided", "inferred"])
    let document = image.records(of: UInt32(DK_DOCUMENT), schema: .domain)[0]
    #expect(document["text"]?.description == Samples.text)
  }

  @Test("quotes the beginning of what is long, whole characters of it")
  func longEvidence() throws {
    let text = String(repeating: "蒙", count: 2000)
    var builder = ImageBuilder()
    builder.append(document: text.utf8, uri: "a", title: "b")
    let record = try #require(
      try builder.build().records(of: UInt32(DK_DOCUMENT), schema: .domain).first)
    guard case .span(let evidence) = record["text"] else {
      Issue.record("\(record)")
      return
    }
    #expect(evidence.range == 0..<6000)
    #expect(evidence.text == String(repeating: "蒙", count: 1365))
  }

  @Test("of a later document counts its evidence from that document's start")
  func evidenceInCollection() throws {
    let all = try Image.concatenating(
      [try Samples.image(), try Samples.image("赤峰市与北京市。")], schema: .domain)
    let places = all.records(of: UInt32(DK_PLACE), schema: .domain)
    #expect(places[2].document == 1)
    #expect(places[2].evidence == .init(range: 0..<9, text: "赤峰市", source: .init(line: 1)))
  }

  @Test("of plain text knows the line of its evidence, counted from its document's start")
  func lines() throws {
    let all = try Image.concatenating(
      [try Samples.image("北京市\n\n\n赤峰市\n"), try Samples.image("北京市与赤峰市\n")], schema: .domain)
    let places = all.records(of: UInt32(DK_PLACE), schema: .domain)
    #expect(places.map { $0.evidence?.source?.line } == [1, 4, 1, 1])
  }

  @Test(
    "date is written by ISO 8601",
    arguments: [
      (0, "1970-01-01"), (17716, "2018-07-04"), (-1, "1969-12-31"), (11016, "2000-02-29"),
      (-719_162, "0001-01-01"), (19782, "2024-02-29"),
    ])
  func dates(days: Int, text: String) {
    let date = CivilDate(days: days)
    #expect(date.description == text)
    #expect(date.days == days)
    #expect(CivilDate(text) == date)
  }

  @Test(
    "date is read only where there is such a day",
    arguments: [
      "", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-2-4", "26-02-04",
      "2026-02-04 ", "+026-02-04", "２０２６-02-04", "2026-02-04-01", "2026/02/04",
    ])
  func noDate(text: String) { #expect(CivilDate(text) == nil) }

  @Test("date goes there and back for every day of two centuries")
  func everyDay() {
    for days in -40_000...40_000 {
      #expect(CivilDate(days: days).days == days)
    }
  }
}
