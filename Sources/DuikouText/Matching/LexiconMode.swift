/// Which of the surfaces that overlap in a text are found.
public enum LexiconMode: Sendable {
  /// The leftmost, of those that begin at one place the longest, and from its end on again.
  case leftmostLongest
  /// All, by where they begin; of those that begin at one place the shortest first.
  case all
}
