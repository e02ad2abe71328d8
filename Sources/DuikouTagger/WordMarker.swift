import DuikouText

/// Marks the words of a sentence for the features to see: of those that begin at one place the longest,
/// without overlaps.
struct WordMarker: Sendable {
  private let lexicon: Lexicon

  init(_ words: WordList) { lexicon = words.lexicon }

  /// Whether there are words at all.
  var isEmpty: Bool { lexicon.count == 0 }

  /// Marks the words of `range`; `offsets` has where each character of it begins, and its end.
  func mark(
    _ text: SourceText, _ range: Range<Int>, offsets: [Int], in window: inout FeatureWindow
  ) {
    var index = 0
    lexicon.forEachMatch(in: text, range: range) { match in
      while offsets[index] < match.start { index += 1 }
      let first = index
      while offsets[index] < match.end { index += 1 }
      window.mark(first..<index, kind: Int(match.value))
    }
  }

  /// Marks the words of characters.
  func mark(_ characters: [UInt32], in window: inout FeatureWindow) {
    guard !isEmpty else { return }
    var string = String(characters: characters)
    string.withUTF8 { bytes in
      let text = SourceText(bytes)
      var offsets = [0]
      while let last = offsets.last, last < text.count {
        offsets.append(last + text.scalar(at: last).width)
      }
      mark(text, text.range, offsets: offsets, in: &window)
    }
  }
}

extension String {
  /// A string of scalars; what is none becomes U+FFFD.
  init(characters: [UInt32]) {
    var scalars = UnicodeScalarView()
    for character in characters { scalars.append(Unicode.Scalar(character) ?? "\u{fffd}") }
    self.init(scalars)
  }
}
