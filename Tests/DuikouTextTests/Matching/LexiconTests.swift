import DuikouText
import Testing

@Suite struct LexiconTests {
  private static let places = Lexicon([
    ("北京", 1), ("北京市", 2), ("内蒙古", 3), ("内蒙古自治区", 4), ("赤峰", 5), ("阿旗", 6), ("京", 7),
  ])

  private func found(_ lexicon: Lexicon, in string: String) -> [String] {
    withText(string) { text in
      lexicon.matches(in: text).map { "\(text.string($0.range))=\($0.value)" }
    }
  }

  @Test(
    "Finds the longest surface at the leftmost place",
    arguments: [
      ("北京市与内蒙古自治区", ["北京市=2", "内蒙古自治区=4"]),
      ("北京的内蒙古大厦", ["北京=1", "内蒙古=3"]),
      ("内蒙古自治", ["内蒙古=3"]),
      ("东京北京", ["京=7", "北京=1"]),
      ("赤峰,赤峰、赤", ["赤峰=5", "赤峰=5"]),
      ("a b 北 京", ["京=7"]),
      ("", []),
    ])
  func leftmostLongest(string: String, expected: [String]) {
    #expect(found(Self.places, in: string) == expected)
  }

  @Test("Offsets count bytes")
  func offsets() {
    withText("(赤峰)") { text in
      #expect(Self.places.matches(in: text) == [LexiconMatch(start: 1, end: 7, value: 5)])
    }
  }

  @Test("Stays inside the range it is given")
  func range() {
    withText("北京市内蒙古") { text in
      #expect(Self.places.matches(in: text, range: 0..<6).map(\.value) == [1])
      #expect(Self.places.matches(in: text, range: 3..<18).map(\.value) == [7, 3])
      #expect(Self.places.matches(in: text, range: 0..<1_000).map(\.value) == [2, 3])
    }
  }

  @Test("Reports every surface that begins at an offset, the shortest first")
  func prefixes() {
    withText("内蒙古自治区") { text in
      var values: [UInt32] = []
      Self.places.forEachPrefix(in: text, at: 0) { values.append($0.value) }
      #expect(values == [3, 4])
      #expect(Self.places.longestMatch(in: text, at: 0)?.value == 4)
      #expect(Self.places.longestMatch(in: text, at: 0, end: 15)?.value == 3)
      #expect(Self.places.longestMatch(in: text, at: 3) == nil)
      #expect(Self.places.longestMatch(in: text, at: -1) == nil)
      #expect(Self.places.longestMatch(in: text, at: 18) == nil)
    }
  }

  @Test("Knows the value of an exact surface only")
  func exactValue() {
    withText("北京市") { text in
      #expect(Self.places.value(of: 0..<9, in: text) == 2)
      #expect(Self.places.value(of: 0..<6, in: text) == 1)
      #expect(Self.places.value(of: 0..<3, in: text) == nil)
    }
  }

  @Test("The first value of a surface counts, and an empty surface is ignored")
  func duplicates() {
    let lexicon = Lexicon([("旗", 1), ("", 2), ("旗", 3)])
    #expect(lexicon.count == 1)
    #expect(found(lexicon, in: "旗") == ["旗=1"])
  }

  @Test("An empty lexicon finds nothing")
  func empty() {
    #expect(found(Lexicon([]), in: "北京") == [])
  }

  @Test("Mixes characters of one to four bytes")
  func widths() {
    let lexicon = Lexicon([("é", 1), ("5A", 2), ("𠮷野", 3), ("🐎", 4), ("5A级", 5)])
    #expect(found(lexicon, in: "café 5A级 𠮷野 🐎🐎") == ["é=1", "5A级=5", "𠮷野=3", "🐎=4", "🐎=4"])
  }

  @Test("Finds what a plain search finds", arguments: 0..<20)
  func agreesWithPlainSearch(seed: Int) {
    var random = Sequence64(seed: UInt64(seed))
    let letters = ["旗", "县", "市", "左", "右", "科", "a", "é", "🐎"]
    func word(_ longest: Int) -> String {
      (0...random.next(below: longest)).map { _ in letters[random.next(below: letters.count)] }
        .joined()
    }
    let surfaces = (0..<60).map { _ in word(5) }
    let string = (0..<60).map { _ in word(8) }.joined(separator: "、")
    let lexicon = Lexicon(surfaces.enumerated().map { ($1, UInt32($0)) })
    #expect(found(lexicon, in: string) == plainSearch(surfaces, in: string))
  }

  private func plainSearch(_ surfaces: [String], in string: String) -> [String] {
    let text = Array(string.unicodeScalars)
    let words = surfaces.map { Array($0.unicodeScalars) }
    var found: [String] = []
    var at = 0
    while at < text.count {
      let fitting = words.indices.filter { text[at...].starts(with: words[$0]) }
      let longest = fitting.map { words[$0].count }.max()
      if let longest, let index = fitting.first(where: { words[$0].count == longest }) {
        found.append("\(surfaces[index])=\(index)")
        at += longest
      } else {
        at += 1
      }
    }
    return found
  }

  @Test("Survives bytes that are not UTF-8", arguments: 0..<20)
  func invalidBytes(seed: Int) {
    var random = Sequence64(seed: UInt64(seed) + 100)
    let bytes = (0..<500).map { _ in UInt8(random.next(below: 256)) } + Array("赤峰".utf8)
    withText(bytes) { text in
      #expect(Self.places.matches(in: text).last?.end == bytes.count)
    }
  }
}
