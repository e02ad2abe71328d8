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

  /// Who stands in line.
  private struct Waiting: @unchecked Sendable {
    var ticket: Ticket
    var proceed: @Sendable (Outcome) -> Void
    /// Withdraws it; goes with its place, or it would be kept until the deadline.
    var timer: (any DispatchSourceTimer)?

    func leave(_ outcome: Outcome) {
      timer?.cancel()
      proceed(outcome)
    }
  }

  private struct State {
    var free: Int
    var waiting: [Waiting] = []
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
    let next = state.withLock { state -> Waiting? in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.free += 1
      return nil
    }
    next?.leave(.entered)
  }

  private func enter(
    _ ticket: Ticket, before deadline: Deadline?, _ proceed: @escaping @Sendable (Outcome) -> Void
  ) {
    let outcome = state.withLock { state -> Outcome? in
      if ticket.isWithdrawn.load(ordering: .relaxed) { return .cancelled }
      guard state.free > 0 else {
        // Behind the lock that is held here, should it be late at once.
        let timer = deadline?.timer(on: .global()) { [weak self] in self?.withdraw(ticket, .late) }
        state.waiting.append(Waiting(ticket: ticket, proceed: proceed, timer: timer))
        return nil
      }
      state.free -= 1
      return .entered
    }
    if let outcome { proceed(outcome) }
  }

  private func withdraw(_ ticket: Ticket, _ outcome: Outcome) {
    let waiting = state.withLock { state -> Waiting? in
      ticket.isWithdrawn.store(true, ordering: .relaxed)
      guard let index = state.waiting.firstIndex(where: { $0.ticket === ticket }) else {
        return nil
      }
      return state.waiting.remove(at: index)
    }
    waiting?.leave(outcome)
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
