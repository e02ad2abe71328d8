import DuikouModel
import Synchronization

/// What the images of all requests that run may take together.
final class RequestMemory: Sendable {
  private let limit: Int
  private let used = Mutex(0)

  /// `limit` in bytes.
  init(limit: Int) { self.limit = limit }

  /// Takes so many bytes until what it returns goes. Throws `resourceExhausted` where they are not there;
  /// they may be at another time.
  func take(_ bytes: Int) throws(DuikouError) -> EndOfCall {
    let isThere = used.withLock { used in
      guard bytes <= limit - used else { return false }
      used += bytes
      return true
    }
    guard isThere else {
      throw DuikouError(
        .resourceExhausted,
        "the requests that are running take as much memory as they may: try again, or send fewer rows"
      )
    }
    return EndOfCall { self.used.withLock { $0 -= bytes } }
  }
}
