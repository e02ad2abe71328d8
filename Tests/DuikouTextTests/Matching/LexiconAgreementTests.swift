import DuikouText
import Testing

/// The lexicon beside a plain search, over random surfaces and texts.
@Suite struct LexiconAgreementTests {
  /// Letters that share first and last bytes, of every width.
  private static let alphabets = [
    ["旗", "县", "市", "左", "右", "科", "莀", "戗"],
    ["旗", "县", "市", "左", "a", "é", "🐎", "𠮷"],
    ["a", "b", "5", "A", "级"],
    ["é", "è", "ß", "я"],
    ["🐎", "🐏", "𠮷", "\u{10ffff}", "旗"],
    ["\u{0}", "\u{7f}", "\u{80}", "\u{7ff}", "\u{800}", "\u{ffff}", "\u{fffd}", "旗"],
  ]
  /// Bytes that are not UTF-8: stray, cut short, longer than needed, surrogates, beyond the last character.
  private static let broken: [[UInt8]] = [
    [0x80], [0xbf, 0xbf], [0xc3], [0xe6], [0xe6, 0x97], [0xf0, 0x9f, 0x90], [0xc1, 0xa1],
    [0xe0, 0x81, 0xa1], [0xf0, 0x80, 0x81, 0xa1], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
    [0xf7, 0xbf, 0xbf, 0xbf], [0xfe], [0xff],
  ]

  private static func word(_ letters: [String], _ longest: Int, _ random: inout Sequence64)
    -> String
  {
    (0...random.next(below: longest)).map { _ in letters[random.next(below: letters.count)] }
      .joined()
  }

  private func expectAgreement(
    _ entries: [(surface: String, value: UInt32)], in bytes: [UInt8],
    at location: SourceLocation = #_sourceLocation
  ) {
    let lexicon = Lexicon(entries)
    let plain = PlainMatcher(entries)
    withText(bytes) { text in
      for mode in [LexiconMode.all, .leftmostLongest] {
        let expected = plain.matches(in: bytes, mode: mode)
        #expect(lexicon.matches(in: text, mode: mode) == expected, sourceLocation: location)
      }
    }
  }

  @Test("Finds what a plain search finds", arguments: 0..<6, 0..<20)
  func text(alphabet: Int, seed: Int) {
    var random = Sequence64(seed: UInt64(seed * 7 + alphabet))
    let letters = Self.alphabets[alphabet]
    let entries = (0..<(1 + seed * 2)).map { (Self.word(letters, 5, &random), UInt32($0)) }
    let string = (0..<150).map { _ in Self.word(letters, 8, &random) }.joined(separator: "、")
    expectAgreement(entries, in: Array(string.utf8))
  }

  @Test("Finds what a plain search finds among bytes that are not UTF-8", arguments: 0..<6, 0..<20)
  func brokenText(alphabet: Int, seed: Int) {
    var random = Sequence64(seed: UInt64(seed * 11 + alphabet))
    let letters = Self.alphabets[alphabet]
    let entries = (0..<30).map { (Self.word(letters, 4, &random), UInt32($0)) }
    var bytes: [UInt8] = []
    for _ in 0..<300 {
      bytes += Self.word(letters, 4, &random).utf8
      bytes += Self.broken[random.next(below: Self.broken.count)]
    }
    expectAgreement(entries, in: bytes)
  }

  @Test("Finds what a plain search finds in random bytes", arguments: 0..<20)
  func noise(seed: Int) {
    var random = Sequence64(seed: UInt64(seed))
    let entries =
      [("a", 1), ("é", 2), ("aé", 3), ("\u{0}", 4), ("b\u{1}", 5)] as [(String, UInt32)]
    expectAgreement(entries, in: (0..<5_000).map { _ in UInt8(random.next(below: 256)) })
  }

  @Test("Texts of all short lengths are read to their end and no further", arguments: 0..<40)
  func shortTexts(length: Int) {
    let bytes = Array(String(repeating: "左旗a🐎", count: 10).utf8.prefix(length))
    expectAgreement([("左", 1), ("左旗", 2), ("旗a", 3), ("a🐎", 4), ("旗a🐎左", 5)], in: bytes)
  }

  @Test("Surfaces are found wherever chunks end", arguments: 2_010..<2_060)
  func chunkBorders(offset: Int) {
    let entries = [("左旗", 1), ("左旗右旗", 2), ("左", 3), ("a左旗", 4)] as [(String, UInt32)]
    let before = [UInt8](repeating: UInt8(ascii: "-"), count: offset)
    let bytes = before + Array("左旗右旗a左旗右".utf8) + before + Array("左旗右旗".utf8)
    expectAgreement(entries, in: bytes)
    expectAgreement(Array(entries.prefix(2)), in: bytes)
  }

  @Test("A surface may be longer than a chunk")
  func longSurface() {
    let long = String(repeating: "左旗右", count: 1_000)
    let entries = [(long, 1), ("左旗", 2), (long + "旗", 3), ("右", 4)] as [(String, UInt32)]
    expectAgreement(entries, in: Array("旗\(long)，\(long)旗，\(long.dropLast())".utf8))
  }

  @Test("Very many surfaces begin at one place")
  func nested() {
    let entries = (1...70).map { (String(repeating: "旗", count: $0), UInt32($0)) }
    expectAgreement(entries, in: Array(String(repeating: "旗", count: 90).utf8))
  }

  @Test("Many surfaces are all found")
  func manySurfaces() {
    var random = Sequence64(seed: 5)
    let letters = (0..<700).map { String(UnicodeScalar(0x4e00 + $0 * 29)!) }
    let entries = (0..<6_000).map { (Self.word(letters, 4, &random), UInt32($0)) }
    let lexicon = Lexicon(entries)
    let first = Dictionary(entries.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
    #expect(lexicon.count == first.count)
    for (surface, value) in first {
      let bytes = Array(surface.utf8)
      withText(bytes) { #expect(lexicon.value(of: 0..<bytes.count, in: $0) == value) }
    }
  }
}
