extension String {
  /// The text with spaces for what could begin a line, move a cursor or colour what follows.
  package var withoutControls: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value)
            || scalar == "\u{2028}" || scalar == "\u{2029}" ? " " : scalar
        }))
  }
}
