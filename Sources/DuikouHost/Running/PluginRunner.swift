import DuikouModel

/// Runs the methods of one plugin, wherever it is loaded.
///
/// Runners know neither each other nor the registry; what a call means is the same for each.
public protocol PluginRunner: Sendable {
  var description: PluginDescription { get }
  var isolation: Isolation { get }

  /// Runs one method.
  ///
  /// What may take long is not done on the threads of Swift's cooperative pool. Throws what the plugin failed with, or
  /// `dataLoss` when its result cannot be right, or `cancelled` or `deadlineExceeded`; a failed
  /// call leaves nothing behind. Cancelling the task cancels the call.
  func call(_ request: CallRequest) async throws(DuikouError) -> CallResult

  /// The same on a thread of the caller's own, which waits: without the two changes of thread that
  /// cost more than a small call.
  func callBlocking(_ request: CallRequest) throws(DuikouError) -> CallResult

  /// Why it would not run over a document, by its hash, before it is tried; nil where nothing is known against that.
  func refusal(of document: String) -> DuikouError?

  /// How many processes have been started for it; 0 where it runs in the host's own.
  var starts: Int { get }

  /// Lets go of what only waits for calls.
  func rest()

  /// Lets the plugin end behind its running calls. Calls that come later are still run.
  func close()

  /// Ends its running calls, where they can be ended, with `unavailable`.
  func cut()
}

/// What stands between a plugin and the host.
public enum Isolation: String, Sendable, Codable {
  /// In the host's own process: a crash ends the host, and deadlines are only told.
  case inProcess = "in-process"
  /// In a sandboxed process of its own: it can harm neither the host nor another plugin.
  case worker
}

/// What a call is given.
public struct CallRequest: Sendable {
  /// Index of the method in the plugin's description.
  public var method: Int
  public var image: Image
  /// The row types that the result is checked against.
  public var schema: Schema
  /// How long the call may take; nil for ever.
  public var timeout: Duration?
  /// Whether the timeout is the caller's own, shorter than a plugin may expect: to pass it is then no
  /// failure of the plugin.
  public var isImpatient = false
  /// Whether the plugin's failure is told by what is tried next, one document at a time, and does not count here.
  public var isAttempt = false
  /// What is being read, for the record of failures: a document's hash, or nil.
  public var document: String?
  /// Its name for people.
  public var documentName: String?
  /// Whether to try a document again that is set aside for this plugin.
  public var retriesDocument = false
  /// Request headers, names in lower case.
  public var metadata: [MetadataEntry] = []
  /// What the rows may take that are kept for the result; nil for no limit.
  public var budget: ImageBudget?
  /// Takes rows as the method flushes them, on the call's thread, which waits: the deadline moves by
  /// that time. What it throws ends the call. Without it, all rows are kept for the result.
  public var onDelta: (@Sendable (Delta) throws(DuikouError) -> Void)?
  /// Hears how far the call is, on the call's thread.
  public var onProgress: (@Sendable (_ done: UInt64, _ total: UInt64) -> Void)?

  public init(method: Int, image: Image, schema: Schema, timeout: Duration? = nil) {
    self.method = method
    self.image = image
    self.schema = schema
    self.timeout = timeout
  }
}

/// What a call gave.
public struct CallResult: Sendable {
  /// The rows that `onDelta` did not take, in order.
  public var deltas: [Delta]
  /// What it tells the client beside the rows.
  public var trailers: [MetadataEntry]
  public var elapsedNanoseconds: UInt64

  public init(deltas: [Delta], trailers: [MetadataEntry], elapsedNanoseconds: UInt64) {
    self.deltas = deltas
    self.trailers = trailers
    self.elapsedNanoseconds = elapsedNanoseconds
  }

  public var rowCount: Int { deltas.reduce(0) { $0 + $1.rowCount } }
}
