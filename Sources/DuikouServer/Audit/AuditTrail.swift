import CDuikouRuntime
import DuikouModel
import DuikouStore
import Foundation
import GRPCCore
import Logging
import Synchronization

/// Writes down who was refused what, and what was decided over plugins: in the log, and in the store,
/// where entries are only added.
///
/// Decisions are always written. Refusals of callers whose name is known and of strangers have a limit
/// each: no stranger keeps others out of the audit.
final class AuditTrail: Sendable {
  private struct Throttles {
    var known = AuditThrottle()
    var strangers = AuditThrottle()
  }

  private let store: DocumentStore
  private let logger: Logger
  private let throttles = Mutex(Throttles())

  /// Bytes of a name or sentence in an entry: callers choose some of them.
  private static let longestText = 256
  /// Bytes of the same in a note, where nobody chooses how many there are.
  private static let longestNote = 1024

  init(store: DocumentStore, logger: Logger) {
    self.store = store
    self.logger = logger
  }

  /// A call was refused: to a client of this name, or to a stranger at this address.
  func refused(
    _ method: String, to caller: String, isStranger: Bool, _ reason: String
  ) async {
    let verdict = throttles.withLock { throttles in
      let what = "\(method)\u{0}\(reason)"
      return isStranger
        ? throttles.strangers.admit(what, of: caller, now: dkr_now_ns())
        : throttles.known.admit(what, of: caller, now: dkr_now_ns())
    }
    if verdict.leftOut > 0 {
      await record(.callRefused, by: "", over: "", "others, left out", times: verdict.leftOut)
    }
    if verdict.isWritten { await record(.callRefused, by: caller, over: method, reason) }
  }

  /// Returns when the entry is kept. One that cannot be kept is in the log all the same.
  func record(
    _ event: AuditEntry.Event, by caller: String, over object: String, _ reason: String,
    times: Int = 1
  ) async {
    let entry = AuditEntry(
      milliseconds: Self.now, event: event.rawValue, caller: Self.short(caller),
      object: Self.short(object), reason: Self.short(reason), times: times)
    logger.notice(
      "\(event.sentence)",
      metadata: [
        "caller": "\(entry.caller)", "object": "\(entry.object)", "reason": "\(entry.reason)",
        "times": "\(times)",
      ])
    await append(entry)
  }

  /// Writes down what the daemon has done by itself, which the log has from elsewhere.
  func note(_ event: AuditEntry.Event, over object: String, _ reason: String) async {
    await append(
      AuditEntry(
        milliseconds: Self.now, event: event.rawValue, caller: "",
        object: object.withoutControls.prefix(utf8: Self.longestNote),
        reason: reason.withoutControls.prefix(utf8: Self.longestNote), times: 1))
  }

  private func append(_ entry: AuditEntry) async {
    do throws(DuikouError) {
      try await store.append(entry)
    } catch {
      logger.error("the audit cannot be written", metadata: ["error": "\(error.message)"])
    }
  }

  private static var now: Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded()) }

  private static func short(_ text: String) -> String {
    text.withoutControls.prefix(utf8: longestText)
  }
}

extension AuditEntry.Event {
  fileprivate var sentence: String {
    switch self {
    case .callRefused: "call refused"
    case .pluginReleased: "plugin released"
    case .pluginLoaded: "plugin loaded"
    case .pluginRefused: "plugin refused"
    case .pluginRemoved: "plugin removed"
    case .pluginInstalled: "plugin installed"
    case .pluginEnabled: "plugin enabled"
    case .pluginDisabled: "plugin disabled"
    }
  }
}
