import Testing

@testable import DuikouModel

@Suite("Strings of a pool")
struct PoolTextTests {
  /// Calls `body` with a pool of these bytes.
  private func with(_ bytes: [UInt8], _ body: (PoolText) -> Void) {
    bytes.withUnsafeBytes { body(PoolText($0)) }
  }

  @Test("are text where the pool is, between its characters")
  func text() {
    with(Array("京蒙协作".utf8)) { pool in
      #expect(pool.isText(0..<12) && pool.isText(3..<6) && pool.isText(12..<12))
      #expect(!pool.isText(1..<6) && !pool.isText(3..<7))
    }
    with([]) { #expect($0.isText(0..<0)) }
  }

  @Test("are text beside bytes that are not")
  func besideBytes() {
    with(Array("京".utf8) + [0x89, 0x50, 0xff] + Array("蒙".utf8)) { pool in
      #expect(pool.isText(0..<3) && pool.isText(6..<9))
      #expect(!pool.isText(0..<4) && !pool.isText(3..<5) && !pool.isText(5..<9))
    }
  }

  /// What long pools are made of, piece by piece.
  private static let pieces: [[UInt8]] = [
    Array("京蒙旅游扶贫协作".utf8), Array("ab".utf8), Array("😀".utf8), [0xff], [0x80],
    [0xe4, 0xba], Array(repeating: 0x80, count: 5000),
    Array(String(repeating: "敖汉旗", count: 2000).utf8), Array(repeating: 0x41, count: 4096),
  ]

  @Test("are what a check of each by itself says, whatever lies between them", arguments: 1...40)
  func sameAsAlone(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes: [UInt8] = []
    // Mostly text, so that long strings have a chance.
    let usual = seed % 2 == 0 ? [0, 1, 7, 8] : Array(Self.pieces.indices)
    while bytes.count < 40_000 {
      let rare = Int.random(in: 0..<12, using: &random) == 0
      let choice = rare ? Array(Self.pieces.indices) : usual
      bytes += Self.pieces[choice.randomElement(using: &random) ?? 0]
    }
    with(bytes) { pool in
      for _ in 0..<300 {
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = Int.random(in: start...bytes.count, using: &random)
        let alone = isUTF8(UnsafeRawBufferPointer(rebasing: pool.bytes[start..<end]))
        #expect(pool.isText(start..<end) == alone, "\(start)..<\(end)")
      }
    }
  }
}
