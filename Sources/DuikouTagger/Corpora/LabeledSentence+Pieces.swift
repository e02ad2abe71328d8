import DuikouText

extension LabeledSentence {
  /// The sentence as a tagger reads it: cut behind each sign that ends a sentence, but not within a name.
  var pieces: [LabeledSentence] {
    var pieces: [LabeledSentence] = []
    var start = 0
    for at in characters.indices {
      let end = at + 1
      let isEnd =
        end == characters.count || CharacterClass(characters[at]) == .sentenceEnd
        || end - start >= Tagger.longestSentence
      guard isEnd,
        end == characters.count
          || !names.contains(where: { $0.range.contains(end) && $0.range.lowerBound < end })
      else { continue }
      let part = names.filter { $0.range.lowerBound >= start && $0.range.upperBound <= end }
      pieces.append(
        LabeledSentence(
          characters: Array(characters[start..<end]),
          names: part.map {
            Name(range: $0.range.lowerBound - start..<$0.range.upperBound - start, type: $0.type)
          }))
      start = end
    }
    return pieces
  }
}
