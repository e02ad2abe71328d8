import DuikouText
import Testing

@Suite struct SourceTextTests {
  @Test("Reads scalars forwards and backwards")
  func scalars() {
    withText("a旗𠮷") { text in
      #expect(text.scalar(at: 0) == text.scalar(before: 1))
      #expect(text.scalar(at: 1).value == 0x65d7)
      #expect(text.scalar(at: 1).width == 3)
      #expect(text.scalar(before: 4) == text.scalar(at: 1))
      #expect(text.scalar(at: 4).value == 0x20bb7)
      #expect(text.scalar(before: 8) == text.scalar(at: 4))
      #expect(text.scalarStart(before: 8) == 4)
    }
  }

  @Test("Has no scalar outside of the text", arguments: [-1, 3, 4, 100])
  func outside(offset: Int) {
    withText("旗") { text in
      #expect(text.scalar(at: offset).width == 0)
    }
  }

  @Test(
    "Reads U+FFFD of one byte where the bytes are not UTF-8",
    arguments: [
      [0x80], [0xff], [0xc0, 0x80], [0xe6, 0x97], [0xe6, 0x41, 0x41], [0xf5, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func invalid(bytes: [UInt8]) {
    withText(bytes) { text in
      #expect(text.scalar(at: 0).value == 0xfffd)
      #expect(text.scalar(at: 0).width == 1)
    }
  }

  @Test("Walks back over any bytes, one at a time at least", arguments: 0..<20)
  func backwards(seed: Int) {
    var random = Sequence64(seed: UInt64(seed))
    let bytes = (0..<300).map { _ in UInt8(random.next(below: 256)) }
    withText(bytes) { text in
      var at = bytes.count
      var steps = 0
      while at > 0, steps <= bytes.count {
        at = text.scalarStart(before: at)
        steps += 1
      }
      #expect(at == 0)
    }
  }

  @Test("Compares words at and before an offset")
  func words() {
    withText("赤峰市委") { text in
      #expect(text.has("赤峰", at: 0))
      #expect(!text.has("赤峰", at: 3))
      #expect(!text.has("赤峰", at: -3))
      #expect(!text.has("市委员", at: 6))
      #expect(text.has("市", before: 9))
      #expect(!text.has("赤峰市委会", before: 12))
      #expect(text.width(ofAny: ["市政府", "市委", "市"], at: 6) == 6)
      #expect(text.width(ofAny: ["县"], at: 6) == 0)
    }
  }

  @Test("Counts how often a word stands in a part")
  func occurrences() {
    withText("旗旗旗县旗") { text in
      #expect(text.occurrences(of: "旗", in: text.range) == 4)
      #expect(text.occurrences(of: "旗旗", in: text.range) == 1)
      #expect(text.occurrences(of: "旗", in: 3..<9) == 2)
      #expect(text.occurrences(of: "", in: text.range) == 0)
    }
  }

  @Test(
    "Skips blanks of every width",
    arguments: [("主任 宋", 7), ("主任\u{3000}\u{3000}宋", 12), ("主任宋", 6), ("主任", 6)])
  func blanks(string: String, expected: Int) {
    withText(string) { text in
      #expect(text.skippingBlanks(from: 6) == expected)
    }
  }

  @Test(
    "Skips a remark in brackets",
    arguments: [
      ("副旗长(挂职)周", 17), ("副旗长（挂职）周", 21), ("副旗长周", 9), ("副旗长(挂职", 9),
      ("副旗长(一二三四五六七八九十一二)周", 9),
    ])
  func brackets(string: String, expected: Int) {
    withText(string) { text in
      #expect(text.skippingBrackets(from: 9) == expected)
    }
  }

  @Test("Skips a remark in brackets backwards")
  func bracketsBack() {
    withText("旗长(挂职)、") { text in
      #expect(text.skippingBracketsBack(from: 14) == 6)
      #expect(text.skippingBracketsBack(from: 6) == 6)
    }
    withText("挂职)") { text in
      #expect(text.skippingBracketsBack(from: 7) == 7)
    }
  }
}
