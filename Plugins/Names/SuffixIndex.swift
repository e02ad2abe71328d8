/// Names, kept so that the first that ends with some words is found in the time of those words.
struct SuffixIndex {
  private struct Step: Hashable {
    let from: Int
    let character: UInt32
  }

  /// From the end of the names on.
  private var steps: [Step: Int] = [:]
  /// By step: the first name that goes over it.
  private var names: [Int] = [0]

  /// Adds a name; `index` is what is found.
  mutating func insert(_ name: String, index: Int) {
    var at = 0
    for scalar in name.unicodeScalars.reversed() {
      let step = Step(from: at, character: scalar.value)
      if let next = steps[step] {
        at = next
      } else {
        at = names.count
        steps[step] = at
        names.append(index)
      }
    }
  }

  /// The first name that ends with `suffix`, or is it; nil where none does.
  func first(endingWith suffix: String) -> Int? {
    var at = 0
    for scalar in suffix.unicodeScalars.reversed() {
      guard let next = steps[Step(from: at, character: scalar.value)] else { return nil }
      at = next
    }
    return at > 0 ? names[at] : nil
  }
}
