/// What a character does in running Chinese text. Full-width and ASCII forms are the same.
public enum CharacterClass: Sendable {
  /// A Chinese character.
  case han
  /// A digit 0 to 9.
  case digit
  /// A letter of another script.
  case letter
  /// A space, a tab, U+3000.
  case blank
  /// 。！？； and the end of a line: ends a sentence.
  case sentenceEnd
  /// ，： ends a clause.
  case clauseEnd
  /// 、 stands between the items of a list.
  case listMark
  /// An opening bracket or quotation mark.
  case opening
  /// A closing bracket or quotation mark.
  case closing
  /// Any other sign.
  case sign

  /// The class of a Unicode scalar.
  public init(_ scalar: UInt32) {
    self = scalar < 0x80 ? Self.ascii(scalar) : Self.wide(scalar)
  }

  /// Whether a name or a title may end before this character: everything but text.
  public var isBoundary: Bool {
    switch self {
    case .han, .digit, .letter: false
    case .blank, .sentenceEnd, .clauseEnd, .listMark, .opening, .closing, .sign: true
    }
  }

  private static func ascii(_ scalar: UInt32) -> CharacterClass {
    switch UInt8(truncatingIfNeeded: scalar) {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): .letter
    case UInt8(ascii: " "), UInt8(ascii: "\t"): .blank
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "!"), UInt8(ascii: "?"),
      UInt8(ascii: ";"):
      .sentenceEnd
    case UInt8(ascii: ","), UInt8(ascii: ":"): .clauseEnd
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"): .opening
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ">"): .closing
    default: .sign
    }
  }

  private static func wide(_ scalar: UInt32) -> CharacterClass {
    switch scalar {
    case 0x4e00...0x9fff, 0x3400...0x4dbf, 0x20000...0x3ffff, 0x3007: .han
    case 0xff10...0xff19: .digit
    case 0x3000, 0xa0, 0x2000...0x200b, 0xfeff: .blank
    case 0x3002, 0xff01, 0xff1f, 0xff1b, 0x2028, 0x2029: .sentenceEnd
    case 0xff0c, 0xff1a: .clauseEnd
    case 0x3001: .listMark
    case 0x2018, 0x201c, 0x3008, 0x300a, 0x300c, 0x300e, 0x3010, 0x3014, 0xff08: .opening
    case 0x2019, 0x201d, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011, 0x3015, 0xff09: .closing
    case 0xb7, 0x2013...0x2027, 0xff00...0xff0f, 0xff1c...0xff20, 0x3000...0x303f: .sign
    default: .letter
    }
  }
}
