import DuikouModel

/// What is remembered of a plugin's failures, and what follows from them: a value, without clocks or
/// files.
///
/// A failure is a call that the plugin did not survive: it crashed, or was killed at its deadline.
/// The second in a row and the later ones delay the next call, ever longer. After `limit` in a row
/// the plugin is quarantined. A document that was being read at two of them is set aside.
struct FailureLedger: Sendable, Hashable, Codable {
  /// Failures in a row after which a plugin is quarantined.
  static let limit = 5
  /// Failures over a document after which it is set aside.
  static let documentLimit = 2
  /// Documents that are remembered; the one that failed longest ago is forgotten first.
  static let longestList = 1000
  /// Bytes of a reason that are kept.
  static let longestReason = 512
  /// Nanoseconds that a call is delayed after the second failure in a row; twice as long each time.
  static let firstDelay: Int64 = 100_000_000
  static let longestDelay: Int64 = 10_000_000_000

  /// Failures in a row.
  private(set) var inRow = 0
  /// Failures over documents so far.
  private var count = 0
  /// Of the last failure.
  private(set) var lastReason = ""
  private(set) var quarantine: String?
  /// By document: how often it was being read, and how it ended the last time.
  private(set) var documents: [String: Document] = [:]

  struct Document: Sendable, Hashable, Codable {
    var failures: Int
    var reason: String
    /// Which of all failures the last one was.
    var number: Int
  }

  /// Notes that a call has ended as calls do, over `document`. Returns whether that changes anything.
  @discardableResult
  mutating func succeeded(document: String?) -> Bool {
    let wasKnown = document.flatMap { documents.removeValue(forKey: $0) } != nil
    defer { inRow = 0 }
    return wasKnown || inRow != 0
  }

  /// Notes a failure over `document`. Returns whether the plugin is quarantined from now on.
  mutating func failed(_ reason: String, document: String?) -> Bool {
    let reason = reason.prefix(utf8: Self.longestReason)
    inRow += 1
    lastReason = reason
    if let document { note(document, reason) }
    guard inRow >= Self.limit, quarantine == nil else { return false }
    quarantine = "it failed \(inRow) times in a row, at last: \(reason)"
    return true
  }

  private mutating func note(_ document: String, _ reason: String) {
    count += 1
    documents[document] = Document(
      failures: (documents[document]?.failures ?? 0) + 1, reason: reason, number: count)
    guard documents.count > Self.longestList,
      let oldest = documents.min(by: { $0.value.number < $1.value.number })
    else { return }
    documents[oldest.key] = nil
  }

  /// How long the next call waits behind the last failure, in nanoseconds.
  var delay: Int64 {
    guard inRow >= 2 else { return 0 }
    return min(Self.firstDelay << Int64(min(inRow - 2, 20)), Self.longestDelay)
  }

  /// Why a document is set aside; nil where it is not.
  func setAside(_ document: String) -> String? {
    guard let known = documents[document], known.failures >= Self.documentLimit else { return nil }
    return known.reason
  }

  /// How many documents are set aside.
  var setAsideCount: Int { documents.values.count { $0.failures >= Self.documentLimit } }

  /// Lifts the quarantine and forgets the failures, those over documents included.
  mutating func release() { self = FailureLedger() }

  /// Gives a document that is set aside one more chance.
  mutating func retry(_ document: String) {
    documents[document]?.failures = Self.documentLimit - 1
  }

  /// Whether there is anything to remember.
  var isEmpty: Bool {
    inRow == 0 && documents.isEmpty && quarantine == nil
  }
}
