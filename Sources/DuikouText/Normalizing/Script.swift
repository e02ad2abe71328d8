/// The script in which a Chinese text is written. Raw values are those of `dk_document.script`.
public enum Script: UInt32, Sendable {
  /// `DK_SIMPLIFIED`.
  case simplified = 1
  /// `DK_TRADITIONAL`.
  case traditional = 2

  /// The script of a text: that of most of the characters which occur in one script only, or which is ahead by
  /// 256 of them first; Simplified where there are as many of the other or none.
  public init(of text: SourceText) {
    let balance = CharacterTable.standard.balance(of: text, lead: Self.lead)
    self = balance > 0 ? .traditional : .simplified
  }

  /// The characters of one script only that a page of a thousand characters has.
  private static let lead = 256
}
