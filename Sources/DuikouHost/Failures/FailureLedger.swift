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
  /// Nanoseconds that a call is delayed after the second failure in a row; twice as long each time.
  static let firstDelay: Int64 = 100_000_000
  static let longestDelay: Int64 = 10_000_000_000

  /// Failures in a row.
  private(set) var inRow = 0
  /// Of the last failure.
  private(set) var lastReason = ""
  private(set) var quarantine: String?
  /// By document: how often it was being read, and how it ended the last time.
  private(set) var documents: [String: Document] = [:]

  struct Document: Sendable, Hashable, Codable {
    var failures: Int
    var reason: String
  }

  /// Notes that a call has ended as calls do, over `document`.
  mutating func succeeded(document: String?) {
    inRow = 0
    if let document { documents[document] = nil }
  }

  /// Notes a failure over `document`. Returns whether the plugin is quarantined from now on.
  mutating func failed(_ reason: String, document: String?) -> Bool {
    inRow += 1
    lastReason = reason
    if let document {
      documents[document, default: Document(failures: 0, reason: "")].failures += 1
      documents[document]?.reason = reason
    }
    guard inRow >= Self.limit, quarantine == nil else { return false }
    quarantine = "it failed \(inRow) times in a row, at last: \(reason)"
    return true
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
