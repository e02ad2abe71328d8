import CDuikouRuntime
import DuikouModel
import DuikouStore
import Foundation
import GRPCCore
import Logging
import Synchronization

/// Writes down who was refused what, and what was decided over plugins: in the log, and in the store,
/// where entries are only added.
final class AuditTrail: Sendable {
  private let store: DocumentStore
  private let logger: Logger
  private let throttle = Mutex(AuditThrottle())

  init(store: DocumentStore, logger: Logger) {
    self.store = store
    self.logger = logger
  }

  /// A call was refused to `caller`.
  func refused(_ method: MethodDescriptor, _ caller: String, _ reason: String) async {
    await record(.callRefused, by: caller, over: "\(method)", reason)
  }

  /// Returns when the entry is kept. One that cannot be kept is in the log all the same.
  func record(
    _ event: AuditEntry.Event, by caller: String, over object: String, _ reason: String
  ) async {
    let key = [event.rawValue, caller, object, reason].joined(separator: "\u{0}")
    guard let times = throttle.withLock({ $0.admit(key, now: dkr_now_ns()) }) else { return }
    logger.notice(
      "\(event.sentence)",
      metadata: [
        "caller": "\(caller)", "object": "\(object)", "reason": "\(reason)", "times": "\(times)",
      ])
    let entry = AuditEntry(
      milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()), event: event,
      caller: caller, object: object, reason: reason, times: times)
    do throws(DuikouError) {
      try await store.append(entry)
    } catch {
      logger.error("the audit cannot be written", metadata: ["error": "\(error.message)"])
    }
  }
}

extension AuditEntry.Event {
  fileprivate var sentence: String {
    switch self {
    case .callRefused: "call refused"
    case .pluginReleased: "plugin released"
    }
  }
}
