/// How far the life of one generation of a plugin is: a value, without clocks or processes.
///
/// It serves, is retired when nothing leads to it any more, and has ended when no call runs on it. A call
/// that chose it before it was retired may still begin; each call ends on what it began with.
struct GenerationLife: Sendable, Hashable {
  enum Phase: Sendable, Hashable {
    case serving
    /// Waits for its running calls.
    case draining
    case ended
  }

  /// What is to be done.
  enum Action: Sendable, Hashable {
    case nothing
    /// To let its processes end; those with calls, behind these.
    case close
    /// To end its calls, which have had the time that they may take.
    case cut
  }

  private(set) var phase = Phase.serving
  /// Calls that run.
  private(set) var running = 0

  mutating func began() {
    running += 1
    if phase == .ended { phase = .draining }
  }

  mutating func finished() {
    running -= 1
    if phase == .draining, running == 0 { phase = .ended }
  }

  mutating func retired() -> Action {
    guard phase == .serving else { return .nothing }
    phase = running == 0 ? .ended : .draining
    return .close
  }

  /// The drain time behind `retired` is over.
  func timePassed() -> Action { phase == .draining ? .cut : .nothing }
}
