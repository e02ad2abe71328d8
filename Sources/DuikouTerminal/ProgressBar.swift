import Synchronization

/// A progress bar on standard error, shown only on a terminal and only when the work takes
/// longer than a second.
public final class ProgressBar: Sendable {
  private struct State {
    var done = 0
    var label = ""
    var isShown = false
    var lastDrawn: ContinuousClock.Instant?
  }

  private let total: Int
  private let terminal: Terminal
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  public init(total: Int, terminal: Terminal = .standardError) {
    self.total = total
    self.terminal = terminal
  }

  /// Notes that one more part is done, and what comes next.
  public func advance(_ label: String) {
    state.withLock { state in
      state.done += 1
      state.label = label
      draw(&state)
    }
  }

  /// Takes the bar away.
  public func finish() {
    state.withLock { state in
      if state.isShown { terminal.write("\r\u{1b}[K") }
      state.isShown = false
    }
  }

  private func draw(_ state: inout State) {
    let now = ContinuousClock.now
    guard terminal.isInteractive, now - start > .seconds(1) else { return }
    if let last = state.lastDrawn, now - last < .milliseconds(50), state.done < total { return }
    state.lastDrawn = now
    state.isShown = true
    terminal.write(
      "\r\u{1b}[K"
        + Self.line(
          done: state.done, total: total, label: state.label, elapsed: now - start,
          columns: terminal.columns))
  }

  /// What the bar looks like.
  static func line(
    done: Int, total: Int, label: String, elapsed: Duration, columns: Int
  ) -> String {
    let width = max(10, min(30, columns / 3))
    let filled = total > 0 ? min(width, width * done / total) : 0
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    var text = "\(bar) \(done)/\(total)"
    if done > 0, done < total {
      let left = elapsed / done * (total - done)
      text += "  约剩 \(left.components.seconds) 秒"
    }
    return CharacterWidth.cut("\(text)  \(label)", to: max(10, columns - 1))
  }
}
