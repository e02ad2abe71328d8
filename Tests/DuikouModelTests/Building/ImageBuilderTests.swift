import CDuikou
import Testing

@testable import DuikouModel

@Suite("An image that is built")
struct ImageBuilderTests {
  @Test("takes rows by their description as it takes them by their struct")
  func describedRows() throws {
    let place = try #require(Schema.domain[UInt32(DK_PLACE)])
    func build(_ append: (inout ImageBuilder, dk_place) -> dk_ref) throws -> [UInt8] {
      var builder = ImageBuilder()
      for code: UInt32 in [110000, 150400] {
        var row = dk_place()
        row.code = code
        row.name = builder.intern("地\(code)")
        #expect(append(&builder, row).row == (code == 110000 ? 1 : 2))
      }
      return Samples.bytes(of: try builder.build())
    }
    let described = try build { builder, row in
      builder.append(row: withUnsafeBytes(of: row, Array.init), of: place)
    }
    #expect(try described == build { $0.append($1) })
    _ = try Image(validating: described, schema: .domain)
  }

  @Test("fills up a row that is shorter than its type, and cuts one that is longer")
  func sizes() throws {
    var schema = Schema()
    let type = try TypeDescriptor(name: "cn.a.row", id: 0x10001, size: 40, fields: [])
    try schema.add(type)
    var builder = ImageBuilder(schema: schema)
    builder.append(row: [UInt8](repeating: 0, count: 32), of: type)
    builder.append(row: [UInt8](repeating: 0, count: 36) + [1, 2, 3, 4, 5], of: type)
    let image = try builder.build()
    let table = try #require(image.table(type.id))
    #expect(table.count == 2 && table.rowSize == 40)
    let rows = image.withUnsafeBytes { Array($0[table.offset..<table.offset + 80]) }
    #expect(rows[..<76].allSatisfy { $0 == 0 } && rows[76...] == [1, 2, 3, 4])
  }
}
