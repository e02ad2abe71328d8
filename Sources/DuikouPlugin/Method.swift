/// One method of a plugin: a type with a description and one function.
///
/// Conform to `Extractor` or `Report` where they fit; to `Method` itself for anything else.
/// A method is called from as many threads at once as `concurrency` says.
public protocol Method: Sendable {
  /// The name that the host and its clients see; UpperCamelCase, the type's own by default.
  static var name: String { get }
  /// What it does, in one sentence.
  static var summary: String { get }
  static var role: Role { get }
  /// The row types that it reads and writes.
  static var uses: [Use] { get }
  /// What a report writes or a reader takes; empty otherwise.
  static var media: String { get }
  /// How many calls may run at once; 0, the default, for any number.
  static var concurrency: UInt32 { get }
  /// Whether the same image always gives the same rows; true by default.
  static var isPure: Bool { get }
  /// Whether it flushes, so that its first rows come before its last; false by default, true for
  /// reports.
  static var isStreaming: Bool { get }
  /// Whether the host may give an extractor an image with many documents, which costs less than as many calls;
  /// true by default for an `Extractor`, false otherwise. One with a `run` of its own says in `row.document` whose a row
  /// without evidence is.
  static var isBatched: Bool { get }

  /// Does the work. What it throws fails the call: a `DuikouError` with its code, anything else
  /// as UNKNOWN.
  func run(_ call: Call) throws
}

extension Method {
  public static var name: String { "\(Self.self)" }
  public static var role: Role { .custom }
  public static var media: String { "" }
  public static var concurrency: UInt32 { 0 }
  public static var isPure: Bool { true }
  public static var isStreaming: Bool { false }
  public static var isBatched: Bool { false }
}

/// What the host uses a method for.
public enum Role: UInt32, Sendable {
  case custom = 0
  case extractor = 1
  case analyzer = 2
  case report = 3
  case reader = 4
}

/// A method that reads documents and appends records, one document at a time.
public protocol Extractor: Method {
  /// Finds the records of one document.
  func extract(_ document: Document) throws
}

extension Extractor {
  public static var role: Role { .extractor }
  public static var isBatched: Bool { true }

  public func run(_ call: Call) throws {
    for document in call.documents {
      if call.isCancelled { throw DuikouError(.cancelled, "the caller does not wait any more") }
      try extract(document)
    }
  }
}

/// A method that writes a collection's records in some format, named by the method.
public protocol Report: Method {
  /// Writes the report with `call.write`.
  func render(_ call: Call) throws
}

extension Report {
  public static var role: Role { .report }
  public static var isStreaming: Bool { true }

  public func run(_ call: Call) throws {
    try render(call)
  }
}
