import CDuikouRuntime
import Dispatch

/// A point of CLOCK_MONOTONIC that a call must not pass.
struct Deadline: Sendable {
  let nanoseconds: Int64
  /// Nanoseconds from when it was set.
  private let length: Int64

  private static let longest = Duration.seconds(10 * 366 * 86_400)

  /// A timeout below zero counts as none left, one above ten years as ten years.
  init?(after timeout: Duration?) {
    guard let timeout else { return nil }
    let (seconds, attoseconds) = min(max(timeout, .zero), Self.longest).components
    length = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    nanoseconds = dkr_now_ns() + length
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
