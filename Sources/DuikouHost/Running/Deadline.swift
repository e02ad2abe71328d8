import CDuikouRuntime
import Dispatch

/// A point of CLOCK_MONOTONIC that a call must not pass.
struct Deadline: Sendable {
  let nanoseconds: Int64
  /// Nanoseconds from when it was set.
  private let length: Int64

  init?(after timeout: Duration?) {
    guard let timeout else { return nil }
    let (seconds, attoseconds) = timeout.components
    let length = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !length.overflow else { return nil }
    self.length = length.partialValue + attoseconds / 1_000_000_000
    let sum = dkr_now_ns().addingReportingOverflow(self.length)
    guard !sum.overflow else { return nil }
    nanoseconds = sum.partialValue
  }

  var hasPassed: Bool { dkr_now_ns() >= nanoseconds }

  /// How long it is until then.
  var remaining: Duration { .nanoseconds(max(0, nanoseconds - dkr_now_ns())) }

  /// Whether at a time of CLOCK_MONOTONIC no more than half of it was over.
  func leavesHalf(behind time: Int64) -> Bool { nanoseconds - time >= length / 2 }

  /// Calls `body` on `queue` when the deadline passes, unless cancelled before.
  func timer(
    on queue: DispatchQueue, _ body: @escaping @Sendable () -> Void
  ) -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler(handler: body)
    timer.schedule(deadline: time)
    timer.activate()
    return timer
  }

  private var time: DispatchTime {
    .now() + .nanoseconds(Int(max(0, nanoseconds - dkr_now_ns())))
  }
}
