import CDuikou
import Testing

@testable import DuikouModel

@Suite("An image from outside")
struct ImageValidationTests {
  @Test("is read when it is sound")
  func sound() throws {
    let image = try Samples.image()
    let again = try Image(validating: Samples.bytes(of: image), schema: .domain)
    #expect(again.records(schema: .domain) == image.records(schema: .domain))
  }

  /// A flaw put into a sound image, and a word of the sentence that tells it.
  struct Flaw: Sendable, CustomTestStringConvertible {
    var name: String
    var word: String
    var make: @Sendable (inout Damage) -> Void
    var testDescription: String { name }

    init(_ name: String, _ word: String, _ make: @escaping @Sendable (inout Damage) -> Void) {
      self.name = name
      self.word = word
      self.make = make
    }
  }

  /// An image's bytes, to be damaged.
  struct Damage {
    var bytes: [UInt8]
    let image: Image

    mutating func store<T: BitwiseCopyable>(_ value: T, at offset: Int) {
      bytes.withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: offset, as: T.self) }
    }

    func row(_ type: Int, _ index: Int = 0) -> Int {
      guard let table = image.table(UInt32(type)) else { return 0 }
      return table.offset + index * table.rowSize
    }

    func entry(_ index: Int) -> Int {
      Int(image.header.tables_off) + index * MemoryLayout<dk_table>.stride
    }
  }

  @Test(
    "is refused with a sentence for each flaw",
    arguments: [
      Flaw("no bytes", "header") { $0.bytes = [] },
      Flaw("half a header", "header") { $0.bytes = Array($0.bytes.prefix(32)) },
      Flaw("another magic", "DKI1") { $0.bytes[0] = 0 },
      Flaw("cut short", "there are") { $0.bytes.removeLast(8) },
      Flaw("too long", "there are") { $0.bytes.append(contentsOf: [0, 0, 0, 0, 0, 0, 0, 0]) },
      Flaw("a stride of 0", "stride") { $0.store(UInt32(0), at: 4) },
      Flaw("a stride that is not of 8", "stride") { $0.store(UInt32(28), at: 4) },
      Flaw("a million tables", "tables") { $0.store(UInt32(1_000_000), at: 24) },
      Flaw("a directory beyond the end", "directory") { $0.store(UInt64(1 << 40), at: 16) },
      Flaw("a pool that wraps around", "pool") { $0.store(UInt64.max, at: 40) },
      Flaw("a pool without its first byte", "pool") { $0.store(UInt64(0), at: 40) },
      Flaw("a text beyond the end", "text") { $0.store(UInt64(1 << 20), at: 56) },
      Flaw("a text over the header", "overlap") {
        $0.store(UInt64(0), at: 48)
        $0.store(UInt64(8), at: 56)
      },
      Flaw("a table over another", "overlap") {
        let first = UInt64($0.image.tables[0].offset)
        $0.store(first, at: $0.entry(1) + 8)
      },
      Flaw("rows that are not aligned", "within") {
        let first = UInt64($0.image.tables[0].offset)
        $0.store(first + 4, at: $0.entry(0) + 8)
      },
      Flaw("rows of 8 bytes", "rows of") { $0.store(UInt32(8), at: $0.entry(0) + 4) },
      Flaw("rows of 33 bytes", "rows of") { $0.store(UInt32(33), at: $0.entry(0) + 4) },
      Flaw("four billion rows", "within") { $0.store(UInt32.max, at: $0.entry(0) + 16) },
      Flaw("two tables of a type", "two tables") {
        $0.store($0.image.tables[0].type, at: $0.entry(1))
      },
      Flaw("text that is not UTF-8", "UTF-8") { $0.bytes[Int($0.image.header.text_off)] = 0xff },
      Flaw("evidence beyond the text", "evidence") {
        $0.store(UInt32(4000), at: $0.row(DK_PLACE) + 12)
      },
      Flaw("evidence that wraps around", "evidence") {
        $0.store(UInt32.max, at: $0.row(DK_PLACE) + 8)
      },
      Flaw("evidence within a character", "character") {
        $0.store(UInt32(1), at: $0.row(DK_PLACE) + 8)
      },
      Flaw("evidence that ends within a character", "character") {
        $0.store(UInt32(8), at: $0.row(DK_PLACE) + 12)
      },
      Flaw("a confidence above 1", "confidence") {
        $0.store(UInt32(1_000_001), at: $0.row(DK_PLACE) + 20)
      },
      Flaw("a document that is not there", "document 9") {
        $0.store(UInt32(9), at: $0.row(DK_PLACE) + 16)
      },
      Flaw("a run that is not there", "run 3") {
        $0.store(UInt32(3), at: $0.row(DK_PLACE) + 28)
      },
      Flaw("a presence bit of no field", "presence") {
        $0.store(UInt64(1) << 40, at: $0.row(DK_PLACE))
      },
      Flaw("a string beyond the pool", "pool") {
        $0.store(UInt32(5000), at: $0.row(DK_PLACE) + 40)
      },
      Flaw("a string that is longer than the pool", "pool") {
        $0.store(UInt32(5000), at: $0.row(DK_PLACE) + 44)
      },
      Flaw("a string within a character", "UTF-8") {
        let name = $0.image.rows(dk_place.self)[0].name
        $0.store(name.off + 1, at: $0.row(DK_PLACE) + 40)
      },
      Flaw("an absent string with a length", "absent") {
        $0.store(UInt32(0), at: $0.row(DK_PLACE) + 40)
      },
      Flaw("a longitude that is no number", "finite") {
        $0.store(Double.nan, at: $0.row(DK_PLACE) + 56)
      },
      Flaw("a reference to a row that is not there", "row 8") {
        $0.store(UInt32(9), at: $0.row(DK_MENTION) + 36)
      },
      Flaw("a reference to a table that is not there", "does not exist") {
        $0.store(UInt32(DK_PERSON), at: $0.row(DK_MENTION) + 32)
      },
    ])
  func refused(_ flaw: Flaw) throws {
    let image = try Samples.image()
    var damage = Damage(bytes: Samples.bytes(of: image), image: image)
    flaw.make(&damage)
    let error = #expect(throws: DuikouError.self) {
      try Image(validating: damage.bytes, schema: .domain)
    }
    #expect(error?.code == .dataLoss)
    #expect(error?.message.contains(flaw.word) == true, "\(error?.message ?? "")")
  }

  @Test("with a table that nobody describes is read all the same")
  func unknownType() throws {
    let image = try Samples.image()
    let again = try Image(validating: Samples.bytes(of: image), schema: Schema())
    #expect(again.tables.count == image.tables.count)
    #expect(again.records(schema: Schema()).isEmpty)
  }

  @Test("never crashes the reader, whatever its bytes", arguments: 0..<20)
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sound = Samples.bytes(of: try Samples.image())
    var accepted = 0
    for _ in 0..<1000 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        mutate(&bytes, using: &random)
      }
      guard let image = try? Image(validating: bytes, schema: .domain) else { continue }
      accepted += 1
      // Whoever reads an accepted image finds nothing but what is there.
      for record in image.records(schema: .domain) {
        #expect(!record.type.isEmpty)
      }
      let copy = try Image.concatenating([image, image], schema: .domain)
      _ = try Image(validating: Samples.bytes(of: copy), schema: .domain)
    }
    #expect(accepted < 1000)
  }

  private func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
    guard bytes.count >= 8 else { return }
    let at = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[at] = .random(in: .min ... .max, using: &random)
    case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2:
      let word = at & ~3
      let value = [UInt32.max, 0, 1, 0x7fff_ffff, 0x8000_0000, 64].randomElement(using: &random)
      let offset = min(word, bytes.count - 4)
      bytes.withUnsafeMutableBytes {
        $0.storeBytes(of: value ?? 0, toByteOffset: offset, as: UInt32.self)
      }
    case 3: bytes.removeLast(Int.random(in: 0..<min(64, bytes.count - 8), using: &random))
    default:
      let from = Int.random(in: 0..<bytes.count, using: &random)
      let length = min(16, bytes.count - max(at, from))
      bytes.replaceSubrange(at..<(at + length), with: Array(bytes[from..<(from + length)]))
    }
  }
}

/// A random generator that gives the same numbers for the same seed: SplitMix64, by Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators" (2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
