/// How many columns text takes on a terminal: two for Chinese characters, none for marks that combine.
///
/// The ranges are those of Unicode 16's EastAsianWidth.txt with W or F, joined where what lies
/// between is not assigned.
public enum CharacterWidth {
  /// Columns of a string without control characters.
  public static func of(_ text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// Columns of one scalar.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0: 0
    case 0x300...0x36f, 0x200b...0x200f, 0xfe00...0xfe0f, 0xfeff, 0x20d0...0x20ff: 0
    case 0x1100...0x115f, 0x231a...0x231b, 0x2329...0x232a, 0x23e9...0x23ec, 0x25fd...0x25fe,
      0x2614...0x2615, 0x2648...0x2653, 0x26aa...0x26ab, 0x2705, 0x274c, 0x2753...0x2755,
      0x2795...0x2797, 0x2b1b...0x2b1c, 0x2b50, 0x2e80...0x303e, 0x3041...0x33ff,
      0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3,
      0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6,
      0x16fe0...0x18aff, 0x1b000...0x1b2ff, 0x1f300...0x1f64f, 0x1f680...0x1f6ff,
      0x1f900...0x1f9ff, 0x20000...0x3fffd:
      2
    default: 1
    }
  }

  /// The text cut to at most `columns`, with `…` where something was left out.
  public static func cut(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    var result = ""
    var width = 1
    for character in text {
      width += of(String(character))
      if width > columns { break }
      result.append(character)
    }
    return result + "…"
  }

  /// The text followed by spaces up to `columns`.
  public static func pad(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - of(text)))
  }
}
