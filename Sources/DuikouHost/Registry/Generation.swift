import CDuikouRuntime
import Dispatch
import DuikouModel
import Foundation
import Synchronization

/// One generation of a plugin: a file, loaded with one configuration. It counts its calls, and ends
/// behind them.
final class Generation: PluginRunner {
  private struct State {
    var life = GenerationLife()
    var activity = PluginActivity()
  }

  private let runner: any PluginRunner
  private let hold: PrivateCopies.Hold?
  private let state = Mutex(State())

  /// `hold` keeps the private copy that workers are started from.
  init(_ runner: any PluginRunner, holding hold: PrivateCopies.Hold? = nil) {
    self.runner = runner
    self.hold = hold
  }

  var description: PluginDescription { runner.description }
  var isolation: Isolation { runner.isolation }
  var starts: Int { runner.starts }

  /// What it has done so far.
  var activity: PluginActivity {
    var (activity, running) = state.withLock { ($0.activity, $0.life.running) }
    activity.running = running
    activity.starts = starts
    return activity
  }

  func call(_ request: CallRequest) async throws(DuikouError) -> CallResult {
    let start = begin()
    do throws(DuikouError) {
      return finish(try await runner.call(request), start)
    } catch {
      throw finish(error)
    }
  }

  func callBlocking(_ request: CallRequest) throws(DuikouError) -> CallResult {
    let start = begin()
    do throws(DuikouError) {
      return finish(try runner.callBlocking(request), start)
    } catch {
      throw finish(error)
    }
  }

  func refusal(of document: String) -> DuikouError? { runner.refusal(of: document) }

  func rest() { runner.rest() }

  func close() { runner.close() }

  func cut() { runner.cut() }

  /// Lets it end behind its running calls, and ends those that take longer than `drain`.
  func retire(drain: Duration) {
    guard state.withLock({ $0.life.retired() }) == .close else { return }
    runner.close()
    let (seconds, attoseconds) = drain.components
    let time = DispatchTime.now() + .nanoseconds(Int(attoseconds / 1_000_000_000))
    DispatchQueue.global().asyncAfter(deadline: time + .seconds(Int(seconds))) { [weak self] in
      guard let self, self.state.withLock({ $0.life.timePassed() }) == .cut else { return }
      self.runner.cut()
    }
  }

  private func begin() -> Int64 {
    state.withLock { $0.life.began() }
    return dkr_now_ns()
  }

  private func finish(_ result: CallResult, _ start: Int64) -> CallResult {
    let elapsed = dkr_now_ns() - start
    state.withLock { state in
      state.life.finished()
      state.activity.succeeded(nanoseconds: elapsed)
    }
    return result
  }

  private func finish(_ error: DuikouError) -> DuikouError {
    let now = Int64((Date().timeIntervalSince1970 * 1000).rounded())
    state.withLock { state in
      state.life.finished()
      state.activity.failed(error.message, milliseconds: now)
    }
    return error
  }
}
