import GRPCCore

extension Metadata {
  /// The first value of a header as text; nil where there is none.
  func first(_ name: String) -> String? {
    self[stringValues: name].first { _ in true }
  }
}
