import Dispatch
import DuikouModel
import Synchronization

/// Lets at most a number of calls in at once; the others wait in line, until their deadline or until
/// nobody waits for them any more.
final class CallGate: Sendable {
  /// How waiting in line ends.
  private enum Outcome: Sendable {
    case entered
    case late
    case cancelled
  }

  /// A place in the line.
  private final class Ticket: Sendable {
    /// Whether its owner has gone before there was a line to stand in.
    let isWithdrawn = Atomic(false)
  }

  private struct State {
    var free: Int
    var waiting: [(ticket: Ticket, proceed: @Sendable (Outcome) -> Void)] = []
  }

  private let state: Mutex<State>

  init(width: Int) { state = Mutex(State(free: width)) }

  /// Enters. Throws `deadlineExceeded` or `cancelled` where that comes first.
  func enter(before deadline: Deadline?) async throws(DuikouError) {
    let ticket = Ticket()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        enter(ticket, before: deadline) { continuation.resume(returning: $0) }
      }
    } onCancel: {
      withdraw(ticket, .cancelled)
    }
    try check(outcome)
  }

  /// Enters on a thread that may block.
  func enterBlocking(before deadline: Deadline?) throws(DuikouError) {
    let entered = DispatchSemaphore(value: 0)
    let outcome = Mutex(Outcome.entered)
    enter(Ticket(), before: deadline) { end in
      outcome.withLock { $0 = end }
      entered.signal()
    }
    entered.wait()
    try check(outcome.withLock { $0 })
  }

  /// Lets the next one in.
  func leave() {
    let next = state.withLock { state in
      guard state.waiting.isEmpty else {
        return state.waiting.removeFirst().proceed as (@Sendable (Outcome) -> Void)?
      }
      state.free += 1
      return nil
    }
    next?(.entered)
  }

  private func enter(
    _ ticket: Ticket, before deadline: Deadline?, _ proceed: @escaping @Sendable (Outcome) -> Void
  ) {
    let outcome = state.withLock { state -> Outcome? in
      if ticket.isWithdrawn.load(ordering: .relaxed) { return .cancelled }
      guard state.free > 0 else {
        state.waiting.append((ticket, proceed))
        return nil
      }
      state.free -= 1
      return .entered
    }
    if let outcome { return proceed(outcome) }
    deadline?.after { [weak self] in self?.withdraw(ticket, .late) }
  }

  private func withdraw(_ ticket: Ticket, _ outcome: Outcome) {
    let proceed = state.withLock { state -> (@Sendable (Outcome) -> Void)? in
      ticket.isWithdrawn.store(true, ordering: .relaxed)
      guard let index = state.waiting.firstIndex(where: { $0.ticket === ticket }) else {
        return nil
      }
      return state.waiting.remove(at: index).proceed
    }
    proceed?(outcome)
  }

  private func check(_ outcome: Outcome) throws(DuikouError) {
    switch outcome {
    case .entered: return
    case .late:
      throw DuikouError(
        .deadlineExceeded, "the call's time was up before the calls ahead of it had ended")
    case .cancelled: throw .callCancelled
    }
  }
}
