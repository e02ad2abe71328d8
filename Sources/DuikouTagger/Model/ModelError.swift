/// Why bytes are no model.
public enum ModelError: Error, Equatable, Sendable {
  /// The bytes do not begin as a model does.
  case notAModel
  /// Another version of the program has written it.
  case unknownVersion(Int)
  /// The bytes end too early.
  case cut
  /// What is wrong with it.
  case damaged(String)
}

extension ModelError: CustomStringConvertible {
  /// A sentence that says what to do.
  public var description: String {
    switch self {
    case .notAModel: "this is no model of a tagger; make one with: duikou train tagger"
    case .unknownVersion(let version):
      "the model has version \(version), this program reads \(ModelFormat.version); "
        + "train it again with this program"
    case .cut: "the model is cut short; copy it again, or train it again"
    case .damaged(let reason): "the model is damaged: \(reason); copy it again, or train it again"
    }
  }
}
