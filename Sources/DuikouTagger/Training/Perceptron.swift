/// Weights that are learned, and the average of all that they have been.
///
/// Weights are whole numbers: the same corpus gives the same ones everywhere.
struct Perceptron {
  private let index: FeatureIndex
  private let tagCount: Int
  /// By feature and tag.
  private var weights: [Int32]
  /// Of first tags, and then those of next tags for each tag.
  private var transitions: [Int32]
  /// What each weight has been told, times the step at which it was.
  private var toldWeights, toldTransitions: [Int64]
  /// How many sentences have been read, and one.
  private var step: Int64 = 1
  private let tags: TagSet
  private var scores: [Int32] = []

  init(_ index: FeatureIndex, tags: TagSet) {
    self.index = index
    self.tags = tags
    tagCount = tags.count
    weights = Array(repeating: 0, count: index.features.count * tags.count)
    toldWeights = Array(repeating: 0, count: weights.count)
    transitions = Array(repeating: 0, count: (tags.count + 1) * tags.count)
    toldTransitions = Array(repeating: 0, count: transitions.count)
  }

  /// Reads a sentence, by its number, and learns from what it gets wrong.
  mutating func learn(_ sentence: Int, _ truth: [UInt8]) {
    defer { step += 1 }
    score(sentence, count: truth.count)
    var decoder = Decoder(TransitionTable(tags: tags, transitions: transitions))
    decoder.decode(vectors(count: truth.count), count: truth.count)
    let path = decoder.path
    guard path != truth else { return }
    let first = index.starts[sentence] * index.width
    for at in truth.indices {
      let (right, wrong) = (Int(truth[at]), Int(path[at]))
      if right != wrong {
        for slot in (first + at * index.width)..<(first + (at + 1) * index.width) {
          let feature = Int(index.numbers[slot])
          guard feature >= 0 else { continue }
          tell(feature * tagCount + right, 1)
          tell(feature * tagCount + wrong, -1)
        }
      }
      let (rightRow, wrongRow) =
        at == 0 ? (0, 0) : ((Int(truth[at - 1]) + 1) * tagCount, (Int(path[at - 1]) + 1) * tagCount)
      if rightRow + right != wrongRow + wrong {
        tellTransition(rightRow + right, 1)
        tellTransition(wrongRow + wrong, -1)
      }
    }
  }

  private mutating func tell(_ weight: Int, _ change: Int32) {
    weights[weight] += change
    toldWeights[weight] += Int64(change) * step
  }

  private mutating func tellTransition(_ weight: Int, _ change: Int32) {
    transitions[weight] += change
    toldTransitions[weight] += Int64(change) * step
  }

  private mutating func score(_ sentence: Int, count: Int) {
    let size = count * tagCount
    if scores.count < size {
      scores.append(contentsOf: repeatElement(0, count: size - scores.count))
    }
    let first = index.starts[sentence] * index.width
    let (width, tagCount) = (index.width, tagCount)
    scores.withUnsafeMutableBufferPointer { scores in
      weights.withUnsafeBufferPointer { weights in
        index.numbers.withUnsafeBufferPointer { numbers in
          for at in 0..<count {
            let row = at &* tagCount
            for tag in 0..<tagCount { scores[row &+ tag] = 0 }
            for slot in (first &+ at &* width)..<(first &+ (at &+ 1) &* width) {
              let feature = Int(numbers[slot])
              guard feature >= 0 else { continue }
              let base = feature &* tagCount
              for tag in 0..<tagCount { scores[row &+ tag] &+= weights[base &+ tag] }
            }
          }
        }
      }
    }
  }

  /// The scores of a sentence as they are decoded.
  private func vectors(count: Int) -> [TagLanes.Scores] {
    let lanes = TagLanes(tags)
    return (0..<count).flatMap { at in
      lanes.vectors(empty: 0) { scores[at * tagCount + $0] }
    }
  }

  /// The average of each weight over all steps, times their number.
  var averages: AveragedWeights {
    AveragedWeights(
      features: index.features,
      weights: zip(weights, toldWeights).map { Int64($0) * step - $1 },
      transitions: zip(transitions, toldTransitions).map { Int64($0) * step - $1 })
  }
}
