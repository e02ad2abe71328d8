import CDuikou
import CDuikouRuntime
import Testing

@testable import DuikouModel

/// Images and deltas to test with.
enum Samples {
  static let text = "北京市与赤峰市签署《合作协议》。"

  /// One document with two places, a mention of each, and an agency.
  static func image(_ text: String = text) throws -> Image {
    var builder = ImageBuilder()
    builder.append(document: text.utf8, uri: "a.txt", title: "标题", sha256: "00ff")
    var beijing = dk_place()
    beijing.code = 110000
    beijing.name = builder.intern("北京市")
    beijing.level = UInt32(DK_LEVEL_PROVINCE)
    beijing.lon = 116.4
    beijing.lat = 39.9
    beijing.state(5)
    beijing.state(6)
    beijing.row.evidence = dk_span(off: 0, len: 9)
    beijing.row.document = 1
    beijing.row.confidence = 990_000
    let first = builder.append(beijing)
    var chifeng = dk_place()
    chifeng.code = 150400
    chifeng.name = builder.intern("赤峰市")
    chifeng.row.evidence = dk_span(off: 12, len: 9)
    chifeng.row.document = 1
    let second = builder.append(chifeng)
    for (reference, row) in [(first, beijing.row), (second, chifeng.row)] {
      var mention = dk_mention()
      mention.row = row
      mention.entity = reference
      mention.kind = UInt32(DK_NAME)
      builder.append(mention)
    }
    var agency = dk_agency()
    agency.name = builder.intern("北京市人民政府")
    agency.division = 110000
    agency.state(3)
    agency.row.flags = UInt32(DK_ELIDED | DK_INFERRED)
    builder.append(agency)
    return try builder.build()
  }

  static func bytes(of image: Image) -> [UInt8] {
    image.withUnsafeBytes { Array($0) }
  }
}

/// Runs a method written in place over an image, as a host would.
enum Calls {
  typealias Invoke =
    @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<dk_call>?) -> dk_status

  /// The status, and what was read of the output.
  static func run(
    over image: Image, writing types: [(UInt32, Int)] = Calls.domain,
    look: () throws(DuikouError) -> Void = {}, _ invoke: Invoke
  ) throws -> Delta {
    var limits = dkr_limits(rows_size: 1 << 20, pool_size: 1 << 20, scratch_size: 1 << 16)
    let context = try #require(dkr_context_create(&limits))
    defer { dkr_context_destroy(context) }
    let uses = types.map {
      dk_use(type: $0.0, row_size: UInt32($0.1), access: UInt32(DK_WRITE), reserved: 0)
    }
    let status = uses.withUnsafeBufferPointer { uses in
      image.withUnsafeBytes { bytes in
        var method = dk_method()
        method.uses = uses.baseAddress
        method.use_count = UInt32(uses.count)
        method.use_stride = UInt64(MemoryLayout<dk_use>.stride)
        method.invoke = invoke
        var request = dkr_request()
        request.image = bytes.baseAddress?.assumingMemoryBound(to: dk_image.self)
        return dkr_invoke(context, &method, nil, &request)
      }
    }
    try #require(status == DK_OK)
    var reader = DeltaReader(
      image: image, schema: .domain, rowSizes: Dictionary(types) { first, _ in first })
    let output = try #require(dkr_context_output(context))
    let reading = try reader.read(
      UnsafeRawBufferPointer(start: output, count: Int(output.pointee.block_size)), look: look)
    guard case .delta(let delta) = reading else {
      throw DuikouError(.internalError, "\(reading)")
    }
    return delta
  }

  static let domain: [(UInt32, Int)] = [
    (UInt32(DK_PLACE), MemoryLayout<dk_place>.size),
    (UInt32(DK_MENTION), MemoryLayout<dk_mention>.size),
    (UInt32(DK_PERSON), MemoryLayout<dk_person>.size),
  ]
}
