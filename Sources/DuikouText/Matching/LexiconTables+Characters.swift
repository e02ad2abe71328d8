extension LexiconTables {
  /// A character as the tables know it.
  struct Character {
    /// 0 where it occurs in no surface.
    var code: UInt32
    /// Bytes.
    var width: Int
  }

  /// The character at `offset`, which must be below `end`. A byte that begins no well-formed sequence
  /// is a character of its own that occurs in no surface.
  @inline(__always)
  func character(_ text: UnsafePointer<UInt8>, at offset: Int, end: Int) -> Character {
    let word = Self.word(text, at: offset, end: end)
    let lead = word & 0xff
    if lead < 0x80 {
      let page = index[Int(Self.narrowEntries &+ lead >> 6)]
      return Character(code: pages[Int(page &+ lead & 0x3f)], width: 1)
    }
    if Self.isTriple(word) { return Character(code: tripleCode(word), width: 3) }
    if word & 0xc0e0 == 0x80c0, lead >= 0xc2 {
      let page = index[Int(Self.narrowEntries &+ lead & 0x1f)]
      return Character(code: pages[Int(page &+ word >> 8 & 0x3f)], width: 2)
    }
    guard word & 0xc0c0_c0f8 == 0x8080_80f0 else { return Character(code: 0, width: 1) }
    let block = (word & 7) << 12 | (word >> 8 & 0x3f) << 6 | (word >> 16 & 0x3f)
    let entry = Self.wideShift &+ block
    guard block >= 0x400, entry < indexEntries else { return Character(code: 0, width: 4) }
    return Character(code: pages[Int(index[Int(entry)] &+ word >> 24 & 0x3f)], width: 4)
  }

  /// The width in bytes of the character with which four bytes begin.
  @inline(__always)
  static func width(_ word: UInt32) -> Int {
    let lead = word & 0xff
    if lead < 0x80 { return 1 }
    if isTriple(word) { return 3 }
    if word & 0xc0e0 == 0x80c0, lead >= 0xc2 { return 2 }
    return word & 0xc0c0_c0f8 == 0x8080_80f0 ? 4 : 1
  }

  /// Whether four bytes begin with a sequence of three.
  @inline(__always)
  static func isTriple(_ word: UInt32) -> Bool { word & 0x00c0_c0f0 == 0x0080_80e0 }

  /// The code of the character of three bytes with which four bytes begin.
  @inline(__always)
  func tripleCode(_ word: UInt32) -> UInt32 {
    let page = index[Int((word & 0xf) << 6 | word >> 8 & 0x3f)]
    return pages[Int(page &+ word >> 16 & 0x3f)]
  }

  /// Four bytes from `offset`, 0 for those behind the end.
  @inline(__always)
  static func word(_ text: UnsafePointer<UInt8>, at offset: Int, end: Int) -> UInt32 {
    if offset &+ 4 <= end { return word(text, at: offset) }
    var word: UInt32 = 0
    for place in 0..<(end &- offset) {
      word |= UInt32(text[offset &+ place]) << UInt32(8 &* place)
    }
    return word
  }

  /// The four bytes from `offset`.
  @inline(__always)
  static func word(_ text: UnsafePointer<UInt8>, at offset: Int) -> UInt32 {
    UnsafeRawPointer(text + offset).loadUnaligned(as: UInt32.self)
  }
}
