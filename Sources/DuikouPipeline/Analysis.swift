import DuikouModel

/// What the plugins made of one document.
public struct Analysis: Sendable {
  /// The document and its records.
  public let image: Image
  /// The row types that the image is read with.
  public let schema: Schema
  /// Which plugins ran: their fingerprint (`Registry.fingerprint`).
  public let plugins: String
  /// What ran, in the order of the waves.
  public let stages: [StageResult]
  /// What did not run, or failed.
  public let failures: [StageFailure]
  /// Whether another try would give nothing else: no method failed for a reason that may pass.
  public let isComplete: Bool

  public init(
    image: Image, schema: Schema, plugins: String, stages: [StageResult],
    failures: [StageFailure], isComplete: Bool = true
  ) {
    self.image = image
    self.schema = schema
    self.plugins = plugins
    self.stages = stages
    self.failures = failures
    self.isComplete = isComplete
  }

  /// The rows as records, without the host's own bookkeeping.
  public func records() -> [Record] {
    image.tables.filter(isListed).flatMap { image.records(of: $0.type, schema: schema) }
  }

  /// How many records there are of each type, by its full name.
  public var recordCounts: [String: Int] {
    let counts = image.tables.compactMap { table in
      schema[table.type].flatMap { table.count > 0 ? ($0.name, table.count) : nil }
    }
    return Dictionary(counts, uniquingKeysWith: +).filter { !Self.bookkeeping.contains($0.key) }
  }

  /// The rows as records, in pieces of about so many bytes of text, each made when it is asked for.
  /// `types` are full names; empty for all.
  public func recordPages(of types: Set<String>, bytes: Int) -> RecordPages {
    RecordPages(
      image: image, schema: schema,
      types: image.tables.filter(isListed).map(\.type).filter { type in
        types.isEmpty || schema[type].map { types.contains($0.name) } == true
      }, pageBytes: bytes)
  }

  private func isListed(_ table: Image.Table) -> Bool {
    schema[table.type].map { !Self.bookkeeping.contains($0.name) } ?? false
  }

  private static let bookkeeping: Set = ["duikou.run", "duikou.piece"]

  /// The document's title.
  public var title: String {
    image.documents.first.flatMap { image.string($0.title) } ?? ""
  }

  /// Where the document came from.
  public var uri: String {
    image.documents.first.flatMap { image.string($0.uri) } ?? ""
  }
}

/// One method's run over a document.
public struct StageResult: Sendable, Hashable, Codable {
  /// The plugin's id.
  public var plugin: String
  public var method: String
  /// From 0.
  public var wave: Int
  /// Rows that it appended.
  public var rows: Int
  public var elapsedNanoseconds: UInt64

  public init(plugin: String, method: String, wave: Int, rows: Int, elapsedNanoseconds: UInt64) {
    self.plugin = plugin
    self.method = method
    self.wave = wave
    self.rows = rows
    self.elapsedNanoseconds = elapsedNanoseconds
  }
}

/// A method that failed over a document, or could not run.
public struct StageFailure: Sendable, Hashable, Codable {
  /// The plugin's id.
  public var plugin: String
  public var method: String
  public var code: StatusCode
  public var message: String

  public init(plugin: String, method: String, code: StatusCode, message: String) {
    self.plugin = plugin
    self.method = method
    self.code = code
    self.message = message
  }
}

/// What is told while a document is analysed.
public enum AnalysisEvent: Sendable {
  /// So many methods are going to run.
  case started(stages: Int)
  case stageFinished(StageResult)
  case stageFailed(StageFailure)
}
