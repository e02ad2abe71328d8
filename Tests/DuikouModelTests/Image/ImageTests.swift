import CDuikou
import Testing

@testable import DuikouModel

@Suite("An image")
struct ImageTests {
  @Test("gives back the rows, strings and text that were put in")
  func roundTrip() throws {
    let image = try Samples.image()
    #expect(String(image.text) == Samples.text)
    #expect(image.documents.count == 1)
    #expect(image.string(image.documents[0].title) == "标题")
    let places: Rows<dk_place> = image.rows()
    #expect(places.map(\.code) == [110000, 150400])
    #expect(places.map { image.string($0.name) } == ["北京市", "赤峰市"])
    #expect(String(image.text(in: places[1].row.evidence)) == "赤峰市")
    #expect(places[0].states(5) && !places[1].states(5))
  }

  @Test("follows references, and not into other types")
  func references() throws {
    let image = try Samples.image()
    let mentions: Rows<dk_mention> = image.rows()
    let place: dk_place? = image.row(mentions[1].entity)
    #expect(place?.code == 150400)
    #expect(image.row(mentions[1].entity, as: dk_agency.self) == nil)
    #expect(image.row(dk_ref(), as: dk_place.self) == nil)
    #expect(image.row(dk_ref(type: UInt32(DK_PLACE), row: 3), as: dk_place.self) == nil)
  }

  @Test("has no rows of a type without a table")
  func missingTable() throws {
    let image = try Samples.image()
    #expect(image.rows(dk_person.self).isEmpty)
    #expect(image.count(of: UInt32(DK_PERSON)) == 0)
    #expect(image.string(dk_str()) == nil)
    #expect(image.text(in: dk_span()).isEmpty)
  }

  @Test("reads rows of an older author as if they ended in zeros")
  func shorterRows() throws {
    var bytes = Samples.bytes(of: try Samples.image())
    let image = try Samples.image()
    let table = try #require(image.table(UInt32(DK_PLACE)))
    // Without longitude and latitude, as before they were invented: the second row moves up.
    let oldSize = 56
    let start = table.offset
    let second = Array(bytes[(start + table.rowSize)..<(start + table.rowSize + oldSize)])
    bytes.replaceSubrange((start + oldSize)..<(start + 2 * oldSize), with: second)
    let index = try #require(image.tables.firstIndex { $0.type == table.type })
    let entry = Int(image.header.tables_off) + index * MemoryLayout<dk_table>.stride
    bytes.withUnsafeMutableBytes {
      $0.storeBytes(of: UInt32(oldSize), toByteOffset: entry + 4, as: UInt32.self)
      // The bits of fields that the shorter row does not have are not set either.
      for row in 0..<2 {
        $0.storeBytes(of: 0, toByteOffset: start + row * oldSize, as: UInt64.self)
      }
    }
    let old = try Image(validating: bytes, schema: .domain)
    let places: Rows<dk_place> = old.rows()
    #expect(places.map(\.code) == [110000, 150400])
    #expect(places.map(\.lon) == [0, 0])
    let records = old.records(of: UInt32(DK_PLACE), schema: .domain)
    #expect(records.map { $0["lon"] } == [nil, nil])
  }

  @Test("reads rows of a newer author without what it does not know")
  func longerRows() throws {
    var builder = ImageBuilder(rowSizes: [UInt32(DK_PLACE): 96])
    var place = dk_place()
    place.code = 7
    builder.append(place)
    place.code = 8
    builder.append(place)
    let image = try builder.build()
    #expect(image.table(UInt32(DK_PLACE))?.rowSize == 96)
    #expect(image.rows(dk_place.self).map(\.code) == [7, 8])
  }

  @Test(
    "tells where a word stands in its text",
    arguments: [
      ("旗", "敖汉旗与奈曼旗", [6..<9, 18..<21]), ("aa", "aaaa", [0..<2, 2..<4]),
      ("宾馆", "宾", []), ("宾馆", "", []), ("", "旗", []), ("旗", "旗", [0..<3]),
    ])
  func words(_ word: String, _ text: String, _ ranges: [Range<Int>]) throws {
    var builder = ImageBuilder()
    builder.append(document: text.utf8, uri: "", title: "")
    #expect(try builder.build().text.ranges(of: word) == ranges)
  }
}
