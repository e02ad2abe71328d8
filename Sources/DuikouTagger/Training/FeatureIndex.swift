/// The features that a corpus has, numbered in the order in which they occur.
struct FeatureIndex {
  /// By number.
  private(set) var features: [UInt32] = []
  /// Of each character of the corpus its features' numbers, all of one character together; -1 for one
  /// that is left out.
  private(set) var numbers: [Int32] = []
  /// How many features a character has.
  let width: Int
  /// Where each sentence begins, in characters.
  private(set) var starts: [Int] = []

  /// Features that occur less often than `leastCount` are left out.
  init(_ sentences: [LabeledSentence], words: WordList, leastCount: Int) {
    var window = FeatureWindow(hasWords: !words.words.isEmpty)
    let marker = WordMarker(words)
    width = window.count
    var known: [UInt32: Int32] = [:]
    var counts: [Int] = []
    var row = [UInt32](repeating: 0, count: width)
    for sentence in sentences {
      starts.append(numbers.count / width)
      window.reset(count: sentence.characters.count)
      for (at, character) in sentence.characters.enumerated() { window.set(character, at: at) }
      marker.mark(sentence.characters, in: &window)
      for at in sentence.characters.indices {
        row.withUnsafeMutableBufferPointer { row in
          if let row = row.baseAddress { window.write(at: at, to: row) }
        }
        for feature in row {
          let next = Int32(features.count)
          let number = known[feature, default: next]
          if number == next {
            known[feature] = next
            features.append(feature)
            counts.append(0)
          }
          counts[Int(number)] += 1
          numbers.append(number)
        }
      }
    }
    leaveOut { counts[Int($0)] < leastCount }
  }

  private mutating func leaveOut(_ isRare: (Int32) -> Bool) {
    var kept: [UInt32] = []
    var renumbered = [Int32](repeating: -1, count: features.count)
    for number in features.indices where !isRare(Int32(number)) {
      renumbered[number] = Int32(kept.count)
      kept.append(features[number])
    }
    guard kept.count < features.count else { return }
    features = kept
    for at in numbers.indices { numbers[at] = renumbered[Int(numbers[at])] }
  }
}
