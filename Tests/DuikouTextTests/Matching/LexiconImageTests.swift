import Foundation
import Testing

@testable import DuikouText

@Suite struct LexiconImageTests {
  private static let lexicon = Lexicon([
    ("北京", 1), ("北京市", 2), ("内蒙古", 3), ("京", 4), ("5A级", 5), ("🐎", 6), ("é", 7),
  ])
  private static let sample = "北京市、内蒙古的5A级景区é与🐎"

  private func values(_ lexicon: Lexicon) -> [UInt32] {
    withText(Self.sample) { text in lexicon.matches(in: text, mode: .all).map(\.value) }
  }

  private func file<Result>(_ body: (String) throws -> Result) rethrows -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  /// An image with numbers written over others, and a checksum that fits if they lie in the tables.
  private func forged(_ numbers: [(offset: Int, value: UInt32)]) -> [UInt8] {
    var bytes = Self.lexicon.bytes
    bytes.withUnsafeMutableBytes { bytes in
      for number in numbers {
        bytes.storeBytes(of: number.value, toByteOffset: number.offset, as: UInt32.self)
      }
      guard numbers.allSatisfy({ $0.offset >= LexiconHeader.byteCount }) else { return }
      Self.lexicon.memory.header.write(to: bytes)
    }
    return bytes
  }

  @Test("An image that is copied finds what the lexicon finds")
  func copied() throws {
    let copy = try Lexicon(validating: Self.lexicon.bytes)
    #expect(copy.count == 7)
    #expect(values(copy) == [1, 2, 4, 3, 5, 7, 6])
    #expect(copy.bytes == Self.lexicon.bytes)
  }

  @Test("An image that is written and mapped finds what the lexicon finds")
  func mapped() throws {
    try file { path in
      try Data("what was there".utf8).write(to: URL(fileURLWithPath: path))
      try Self.lexicon.write(to: path)
      let mapped = try Lexicon(mapping: path)
      try FileManager.default.removeItem(atPath: path)
      #expect(values(mapped) == values(Self.lexicon))
    }
  }

  @Test("An image is used where it lies, and its owner kept")
  func lent() throws {
    let memory = LexiconMemory(byteCount: Self.lexicon.bytes.count) { memory in
      memory.copyBytes(from: Self.lexicon.bytes)
    }
    #expect(values(try Lexicon(validating: memory.bytes, ownedBy: memory)) == values(Self.lexicon))
    let odd = UnsafeRawBufferPointer(rebasing: memory.bytes[4...])
    #expect(throws: LexiconError.misaligned) { try Lexicon(validating: odd, ownedBy: memory) }
  }

  @Test("The same entries give the same image")
  func reproducible() {
    let entries = (0..<2_000).map { ("\($0)旗\($0 % 7)", UInt32($0)) }
    #expect(Lexicon(entries).bytes == Lexicon(entries).bytes)
  }

  @Test("An empty lexicon has an image")
  func empty() throws {
    let copy = try Lexicon(validating: Lexicon([]).bytes)
    #expect(copy.count == 0)
    #expect(values(copy) == [])
  }

  @Test("An image that is cut short or too long is refused, whatever its length")
  func truncated() {
    let bytes = Self.lexicon.bytes
    for length in 0..<bytes.count {
      #expect(throws: LexiconError.self) { try Lexicon(validating: Array(bytes[..<length])) }
    }
    let expected = LexiconError.wrongSize(expected: bytes.count, actual: bytes.count + 8)
    #expect(throws: expected) {
      try Lexicon(validating: bytes + [UInt8](repeating: 0, count: 8))
    }
  }

  @Test("A byte that has changed is found out, wherever it is")
  func changed() {
    let bytes = Self.lexicon.bytes
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(throws: LexiconError.self) { try Lexicon(validating: damaged) }
    }
  }

  @Test(
    "An image that contradicts itself is refused, though its checksum fits",
    arguments: [
      ("no index", 40, 0, "header"), ("an index too large", 40, .max, "header"),
      ("no pages", 44, 0, "header"), ("too many pages", 44, .max, "header"),
      ("no filter", 48, 0, "header"), ("a filter too large", 48, 63, "header"),
      ("no nodes", 52, 0, "header"), ("more characters than nodes", 32, .max, "header"),
      ("more singles than characters", 36, 1_000, "header"), ("unknown flags", 56, 4, "header"),
      ("a page that is none", 64, 0x7fff_ffff, "index"),
      ("a page that ends too late", 64 + 4 * 1_024, 1_000, "index"),
    ] as [(String, Int, UInt32, String)])
  func contradicting(what: String, offset: Int, value: UInt32, part: String) {
    #expect(throws: LexiconError.damaged(part: part)) {
      try Lexicon(validating: forged([(offset, value)]))
    }
  }

  @Test("A code and a base that lead out of the tables are refused")
  func leadingOut() {
    let header = Self.lexicon.memory.header
    #expect(throws: LexiconError.damaged(part: "pages")) {
      try Lexicon(validating: forged([(header.pagesOffset, header.characters + 1)]))
    }
    #expect(throws: LexiconError.damaged(part: "nodes")) {
      try Lexicon(validating: forged([(header.nodesOffset, header.nodes - header.characters)]))
    }
  }

  @Test("Tables of noise that are not refused are walked without harm", arguments: 0..<50)
  func noise(seed: Int) {
    var random = Sequence64(seed: UInt64(seed))
    let header = Self.lexicon.memory.header
    let numbers = (0..<200).map { _ in
      (
        offset: header.filterOffset
          + 4 * random.next(below: (header.imageByteCount - header.filterOffset) / 4),
        value: UInt32(random.next(below: Int(header.nodes - header.characters)))
          | UInt32(random.next(below: 2)) << 31
      )
    }
    guard let lexicon = try? Lexicon(validating: forged(numbers)) else { return }
    let bytes = Array(Self.sample.utf8) + (0..<3_000).map { _ in UInt8(random.next(below: 256)) }
    withText(bytes) { text in
      for match in lexicon.matches(in: text, mode: .all) {
        #expect(match.start < match.end && match.end <= bytes.count)
      }
      #expect(lexicon.matches(in: text).count <= bytes.count)
    }
  }

  @Test(
    "What is no lexicon is refused with what it is",
    arguments: [
      ("nothing", [], .notALexicon), ("some text", Array("北京市".utf8), .notALexicon),
      ("zeroes", [UInt8](repeating: 0, count: 4_096), .notALexicon),
      ("another version", later, .unknownVersion(2)),
    ] as [(String, [UInt8], LexiconError)])
  func foreign(what: String, bytes: [UInt8], error: LexiconError) throws {
    #expect(throws: error) { try Lexicon(validating: bytes) }
    try file { path in
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(throws: error) { try Lexicon(mapping: path) }
    }
  }

  private static let later: [UInt8] = {
    var bytes = lexicon.bytes
    bytes[8] = 2
    return bytes
  }()

  @Test("A file that cannot be read or written is named")
  func files() {
    #expect(throws: LexiconError.file(path: "/nowhere/lexicon", code: ENOENT)) {
      try Lexicon(mapping: "/nowhere/lexicon")
    }
    #expect(throws: LexiconError.self) { try Lexicon(mapping: "/") }
    #expect(throws: LexiconError.self) { try Self.lexicon.write(to: "/nowhere/lexicon") }
  }

  @Test("Every error says what to do or what is wrong")
  func descriptions() {
    let errors: [LexiconError] = [
      .file(path: "a", code: 2), .misaligned, .notALexicon, .unknownVersion(7),
      .wrongSize(expected: 1, actual: 2), .damaged(part: "nodes"),
    ]
    for error in errors { #expect(error.description.hasSuffix(".")) }
  }
}
