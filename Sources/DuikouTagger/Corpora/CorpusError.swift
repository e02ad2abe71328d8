/// What is wrong with a line of a corpus.
public struct CorpusError: Error, Equatable, Sendable {
  /// From 1.
  public let line: Int
  /// What is wrong, and what was expected instead.
  public let reason: String

  public init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}

extension CorpusError: CustomStringConvertible {
  /// Such as `line 7: …`.
  public var description: String { "line \(line): \(reason)" }
}
