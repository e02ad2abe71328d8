/// The script in which a Chinese text is written. Raw values are those of `dk_document.script`.
public enum Script: UInt32, Sendable {
  /// `DK_SIMPLIFIED`.
  case simplified = 1
  /// `DK_TRADITIONAL`.
  case traditional = 2

  /// The script of a text: that of most of the characters which occur in one script only; Simplified
  /// where there are as many of the other or none.
  public init(of text: SourceText) {
    self = CharacterTable.standard.balance(of: text) > 0 ? .traditional : .simplified
  }
}
