import DuikouText

/// What features see of a character: its form, without differences that tell nothing, and its class.
enum CharacterForm {
  /// Digits are one, letters are small, full-width forms are ASCII.
  static func of(_ scalar: UInt32) -> UInt32 {
    let narrow = (0xff01...0xff5e).contains(scalar) ? scalar - 0xfee0 : scalar
    switch narrow {
    case 0x30...0x39: return 0x30
    case 0x41...0x5a: return narrow + 0x20
    default: return narrow
    }
  }

  /// From 1 to 10; 0 is what stands before and behind a sentence.
  static func kind(of scalar: UInt32) -> UInt8 {
    switch CharacterClass(scalar) {
    case .han: 1
    case .digit: 2
    case .letter: 3
    case .blank: 4
    case .sentenceEnd: 5
    case .clauseEnd: 6
    case .listMark: 7
    case .opening: 8
    case .closing: 9
    case .sign: 10
    }
  }
}
