/// The script in which a Chinese text is written. Raw values are those of `dk_document.script`.
public enum Script: UInt32, Sendable {
  /// `DK_SIMPLIFIED`.
  case simplified = 1
  /// `DK_TRADITIONAL`.
  case traditional = 2

  /// The script of a text: that of most of the characters which occur in one script only; Simplified
  /// where there are as many of the other or none.
  public init(of text: SourceText) {
    let table = CharacterTable.standard
    var balance = 0
    var at = 0
    while at < text.count {
      let scalar = SourceText.decode(text.bytes, at: at, end: text.count)
      switch table.script(of: scalar.value) {
      case .traditional: balance += 1
      case .simplified: balance -= 1
      case nil: break
      }
      at += scalar.width
    }
    self = balance > 0 ? .traditional : .simplified
  }
}
