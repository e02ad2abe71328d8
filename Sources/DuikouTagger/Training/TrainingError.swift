/// Why nothing can be learned from a corpus.
public enum TrainingError: Error, Equatable, Sendable {
  /// No sentence has a name.
  case noNames
  /// It has more types of names than a model can tell apart.
  case tooManyTypes(Int)
  /// Even without weights the model is larger than it may be, in bytes.
  case tooLarge(least: Int)
}

extension TrainingError: CustomStringConvertible {
  /// A sentence that says what to do.
  public var description: String {
    switch self {
    case .noNames: "no sentence of the corpus has a name; nothing can be learned from it"
    case .tooManyTypes(let count):
      "the corpus has \(count) types of names, and a model has at most \(TagSet.mostTypes); "
        + "join some of them, or name those to learn"
    case .tooLarge(let least):
      "the model has at least \(least) bytes; allow it more, or give it fewer words"
    }
  }
}
