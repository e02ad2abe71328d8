/// What was found in a document, as it is kept.
public struct StoredAnalysis: Sendable, Hashable {
  /// Which plugins found it: their fingerprint.
  public var plugins: String
  /// The image with the records.
  public var image: [UInt8]
  /// How the analysis went, in a form of whoever made it.
  public var report: [UInt8]
  /// Whether another try by the same plugins would find nothing else.
  public var isComplete: Bool
  /// How many methods failed, or could not run.
  public var failures: Int

  public init(
    plugins: String, image: [UInt8], report: [UInt8], isComplete: Bool = true, failures: Int = 0
  ) {
    self.plugins = plugins
    self.image = image
    self.report = report
    self.isComplete = isComplete
    self.failures = failures
  }
}
