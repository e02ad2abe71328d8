import DuikouHost
import Synchronization

/// Whether it pays to give the extractors of a moment documents together.
///
/// A batch that fails costs its documents twice, and as long as an attempt may hang. So few may fail: some at the start, and
/// then one for every `documentsPerFailure` documents, however many have gone well before.
final class Batching: Sendable {
  private struct State {
    var generation = 0
    /// Documents for which no batch has failed yet.
    var credit = Batching.mostCredit
  }

  static let documentsPerFailure = 20 * Pipeline.batchLength
  private static let mostCredit = 3 * documentsPerFailure

  private let state = Mutex(State())

  func isAllowed(_ registry: Registry) -> Bool {
    registry.methods(.extractor).allSatisfy(\.description.isBatched)
      && state.withLock {
        $0.generation != registry.generation || $0.credit >= Self.documentsPerFailure
      }
  }

  /// Notes a batch that went well.
  func went(together documents: Int, _ registry: Registry) { add(documents, of: registry) }

  /// Notes a document that is analysed by itself.
  func went(alone registry: Registry) { add(1, of: registry) }

  /// Notes a batch whose documents have to be analysed one by one.
  func failed(_ registry: Registry) { add(-Self.documentsPerFailure, of: registry) }

  /// Other plugins begin anew, and those before them do not count any more.
  private func add(_ documents: Int, of registry: Registry) {
    state.withLock { state in
      if state.generation < registry.generation { state = State(generation: registry.generation) }
      guard state.generation == registry.generation else { return }
      state.credit = min(state.credit + documents, Self.mostCredit)
    }
  }
}
