import CDuikouRuntime
import DuikouModel
import Foundation
import Logging
import Synchronization

/// A plugin file's failures, kept beside its private copy so that they outlive the host.
///
/// What calls change is written by `keep`, on a thread that may wait for the disk.
public final class FailureBook: Sendable {
  private struct State {
    var ledger = FailureLedger()
    var lastFailure: Int64 = 0
    /// Whether the file says less.
    var isChanged = false
  }

  private let path: String
  private let logger: Logger
  private let state: Mutex<State>
  /// Held by who writes the file, with what is known at that moment: nothing older comes later.
  private let writing = Mutex(())

  /// Reads what is known of a file's failures from `path`; nothing where it is not there.
  init(path: String, logger: Logger) {
    self.path = path
    self.logger = logger
    let data = FileManager.default.contents(atPath: path) ?? Data()
    let ledger = try? JSONDecoder().decode(FailureLedger.self, from: data)
    state = Mutex(State(ledger: ledger ?? FailureLedger()))
  }

  /// Why the plugin is quarantined; nil where it is not.
  public var quarantine: String? { state.withLock { $0.ledger.quarantine } }

  /// How many documents are set aside for this plugin.
  public var setAsideCount: Int { state.withLock { $0.ledger.setAsideCount } }

  /// Lets a call through, now or after the delay that the failures before it demand: returns how
  /// many nanoseconds it has to wait.
  ///
  /// Throws `failedPrecondition` for a plugin in quarantine and a document that is set aside, with
  /// what to do; `deadlineExceeded` where the delay is longer than the call may take.
  func admit(
    _ request: CallRequest, of id: String, deadline: Deadline?
  ) throws(DuikouError) -> Int64 {
    let (ledger, lastFailure) = state.withLock { state -> (FailureLedger?, Int64) in
      guard !state.ledger.isEmpty else { return (nil, 0) }
      if request.retriesDocument, let document = request.document {
        state.ledger.retry(document)
      }
      return (state.ledger, state.lastFailure)
    }
    guard let ledger else { return 0 }
    if let refusal = Self.refusal(of: request.document, by: id, ledger) { throw refusal }
    let wait = lastFailure + ledger.delay - dkr_now_ns()
    guard ledger.delay > 0, wait > 0 else { return 0 }
    if let deadline, dkr_now_ns() + wait >= deadline.nanoseconds {
      throw DuikouError(
        .deadlineExceeded, "\(id) rests after its failures for longer than the call may take")
    }
    return wait
  }

  /// What `admit` would throw for a document of that hash, and nothing else.
  func refusal(of document: String, by id: String) -> DuikouError? {
    state.withLock { Self.refusal(of: document, by: id, $0.ledger) }
  }

  private static func refusal(
    of document: String?, by id: String, _ ledger: FailureLedger
  ) -> DuikouError? {
    if let reason = ledger.quarantine {
      return DuikouError(
        .failedPrecondition,
        "\(id) is quarantined: \(reason). `duikou plugin release \(id)` lifts it")
    }
    guard let document, let reason = ledger.setAside(document) else { return nil }
    return DuikouError(
      .failedPrecondition,
      "the document is set aside for \(id), which did not survive it twice: \(reason). "
        + "`duikou analyze --retry` tries again")
  }

  /// Notes that a call has ended as calls do.
  func succeeded(document: String?) {
    state.withLock { state in
      guard !state.ledger.isEmpty, state.ledger.succeeded(document: document) else { return }
      state.isChanged = true
    }
  }

  /// Notes a call that the plugin did not survive.
  func failed(_ reason: String, document: String?) {
    let (inRow, isNew) = state.withLock { state in
      state.lastFailure = dkr_now_ns()
      let isNew = state.ledger.failed(reason, document: document)
      state.isChanged = true
      return (state.ledger.inRow, isNew)
    }
    logger.warning("a plugin failed: \(reason)", metadata: ["failures-in-row": "\(inRow)"])
    if isNew { logger.error("a plugin is quarantined: \(reason)") }
  }

  /// Lifts the quarantine, and gives documents that are set aside another chance.
  public func release() {
    state.withLock { state in
      state.ledger.release()
      state.isChanged = true
    }
    keep()
  }

  /// Whether there is something that `keep` would write.
  var isChanged: Bool { state.withLock { $0.isChanged } }

  /// Writes what is known to the disk, where that is not there yet.
  func keep() {
    writing.withLock { _ in
      let ledger = state.withLock { state -> FailureLedger? in
        defer { state.isChanged = false }
        return state.isChanged ? state.ledger : nil
      }
      guard let ledger else { return }
      if ledger.isEmpty {
        unlink(path)
      } else if let data = try? JSONEncoder().encode(ledger) {
        try? data.write(to: URL(fileURLWithPath: path), options: .atomic)
      }
    }
  }
}
