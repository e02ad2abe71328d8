import CDuikou
import Testing

@testable import DuikouModel

@Suite("An image taken apart")
struct SplittingTests {
  private static let texts = ["北京市与赤峰市。", "北京市与通辽市合作，赤峰市参加。", "北京市与呼和浩特。"]

  /// The documents of several images in one, with a run over all of them.
  private static func joined(_ images: [Image]) throws -> Image {
    try Image.concatenating(images, schema: .domain).extended(
      by: [
        .init(
          deltas: [],
          run: .init(
            plugin: "a.b", version: "1.0.0", method: "Find", status: .ok, message: "",
            elapsedNanoseconds: 1000))
      ], schema: .domain)
  }

  private static func records(_ image: Image) -> [[Record]] {
    image.tables.filter { $0.type != dk_run.typeID }.map {
      Array(image.records(of: $0.type, schema: .domain))
    }
  }

  @Test("gives each document's image as it was before it was joined with others")
  func splits() throws {
    let images = try Self.texts.map(Samples.image)
    let parts = try #require(try Self.joined(images).split(schema: .domain))
    #expect(parts.count == images.count)
    for (part, image) in zip(parts, images) {
      _ = try Image(validating: Samples.bytes(of: part), schema: .domain)
      #expect(Self.records(part) == Self.records(image))
      #expect(String(part.text) == String(image.text))
      // Each string once, and what the run is called.
      #expect(part.pool.count == image.pool.count + "a.b1.0.0Find".utf8.count)
      #expect(
        part.rows(dk_mention.self).map { part.row($0.entity, as: dk_place.self)?.code } == [
          110000, 150400,
        ])
    }
  }

  @Test("shares out the runs over all documents, and gives each its own")
  func runs() throws {
    var builder = ImageBuilder()
    builder.append(document: "旗".utf8, uri: "a", title: "")
    var own = dk_run()
    own.plugin = builder.intern("reader")
    let run = builder.append(own)
    var piece = dk_piece()
    piece.row.run = run.row
    builder.append(piece)
    let read = try builder.build()
    let plain = try Samples.image("北京市与赤峰市的旗。")
    var all = try Self.joined([plain, read])
    // What the run over all has found: two rows in the first document, one in the second.
    var delta = ImageBuilder()
    for document in [1, 1, 2] {
      var need = dk_need()
      need.row.document = UInt32(document)
      need.row.run = 2
      delta.append(need)
    }
    all = try Image.joining(all, tablesOf: try delta.build())
    let parts = try #require(try all.split(schema: .domain))
    #expect(parts.map { $0.rows(dk_run.self).map { $0.rows } } == [[2], [0, 1]])
    #expect(parts.map { $0.rows(dk_run.self).last?.elapsed_ns } == [909, 90])
    #expect(parts[1].rows(dk_run.self).map { parts[1].string($0.plugin) } == ["reader", "a.b"])
    #expect(parts[1].rows(dk_piece.self).map(\.row.run) == [1])
    #expect(parts.map { $0.rows(dk_need.self).map(\.row.run) } == [[1, 1], [2]])
  }

  @Test(
    "does not work where a row belongs to no document, or points at another one's",
    arguments: [
      { (row: inout dk_mention) in
        row.row.document = 0
        row.row.evidence = dk_span()
      },
      { $0.row.evidence = dk_span(off: 0, len: 3) },
      { $0.entity = dk_ref(type: dk_place.typeID, row: 1) },
      { $0.row.evidence = dk_span(off: 30, len: 60) },
    ] as [@Sendable (inout dk_mention) -> Void])
  func strays(_ change: @Sendable (inout dk_mention) -> Void) throws {
    let all = try Self.joined(try Self.texts.map(Samples.image))
    var builder = ImageBuilder()
    var mention = dk_mention()
    mention.row.document = 2
    mention.row.evidence = dk_span(off: 25, len: 9)
    mention.entity = dk_ref(type: dk_place.typeID, row: 3)
    builder.append(mention)
    let sound = try Image.joining(all, tablesOf: try builder.build())
    #expect(try sound.split(schema: .domain) != nil)
    change(&mention)
    builder = ImageBuilder()
    builder.append(mention)
    let stray = try Image.joining(all, tablesOf: try builder.build())
    #expect(try stray.split(schema: .domain) == nil)
  }

  @Test("keeps strings that lie within one another")
  func strings() throws {
    let pool = Array("\0北京市人民政府".utf8)
    try pool.withUnsafeBytes { pool in
      var mover = StringMover(pool)
      for _ in 0..<2 {
        mover.begin()
        let moved = [
          dk_str(off: 1, len: 9), dk_str(off: 1, len: 21), dk_str(off: 10, len: 12),
          dk_str(off: 1, len: 9), dk_str(off: 0, len: 0), dk_str(off: 22, len: 0),
        ].compactMap { mover.move($0) }
        let texts = try mover.withPool { pool in
          moved.map { String(decoding: pool[Int($0.off)..<Int($0.off + $0.len)], as: UTF8.self) }
        }
        #expect(texts == ["北京市", "北京市人民政府", "人民政府", "北京市", "", ""])
        #expect(moved[4].off == 0 && moved[5].off != 0)
      }
    }
  }

  @Test("does not copy without end what overlaps, for all documents together")
  func overlaps() {
    let pool = [0] + [UInt8](repeating: 0x61, count: 1 << 20)
    pool.withUnsafeBytes { pool in
      var mover = StringMover(pool)
      var copies = 0
      for _ in 0..<4 {
        mover.begin()
        for start in 1..<1000 {
          if mover.move(dk_str(off: UInt32(start), len: 1 << 16)) != nil { copies += 1 }
        }
      }
      #expect((32...48).contains(copies))
    }
  }
}

extension Image {
  /// An image, and behind its rows those of another one without strings and texts.
  fileprivate static func joining(_ image: Image, tablesOf other: Image) throws -> Image {
    var assembler = ImageAssembler(schema: .domain, rowSizes: [:])
    for source in [image, other] {
      for table in source.tables {
        assembler.add(
          .init(
            rows: source.storage.base + table.offset, stride: table.rowSize, count: table.count,
            owner: source.storage), of: table.type)
      }
    }
    try assembler.addPool(image.pool)
    try assembler.addText(image.textBytes)
    return try assembler.assemble()
  }
}
