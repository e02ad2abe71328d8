import DuikouText
import Testing

@Suite struct CharacterClassTests {
  @Test(
    "ASCII and full-width forms are in the same class",
    arguments: [
      ("旗〇㐀𠮷", .han), ("09０９", .digit), ("aZé", .letter), (" \t\u{3000}", .blank),
      ("。！？；!?;\n\r", .sentenceEnd), ("，：,:", .clauseEnd), ("、", .listMark),
      ("（(《“「【<", .opening), ("）)》”」】>", .closing), ("—…·%％-", .sign),
    ] as [(String, CharacterClass)])
  func classes(string: String, expected: CharacterClass) {
    for scalar in string.unicodeScalars {
      #expect(CharacterClass(scalar.value) == expected, "\(scalar)")
    }
  }

  @Test("A name ends before everything but text", arguments: ["、", "，", "。", "（", " ", "·"])
  func boundaries(string: String) {
    for scalar in string.unicodeScalars {
      #expect(CharacterClass(scalar.value).isBoundary)
    }
    #expect(!CharacterClass(0x65d7).isBoundary)
  }
}
