/// Which plugin files are trusted.
public enum TrustPolicy: String, Sendable, CaseIterable {
  /// Every file in a plugin folder.
  case any
  /// Files that nobody but root and the daemon's user can change, in folders of which that is true as
  /// well.
  case owner
  /// Files that are signed with a trusted key, whoever can change them: what is run are the bytes that
  /// were verified.
  case signed
}
