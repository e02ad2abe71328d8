import DuikouHost
import DuikouModel
import Synchronization

/// Documents that are going to be analysed together.
struct Batch {
  struct Document: Sendable {
    /// Among all that are wanted.
    let index: Int
    let source: DocumentSource
    /// As it was read.
    let image: Image

    /// Whether nothing is known against it, and it is small.
    func mayBeBatched(_ registry: Registry) -> Bool {
      image.text.count <= Pipeline.batchBytes / 2 && !source.isRetried
        && registry.methods(.extractor).allSatisfy {
          $0.runner.refusal(of: source.sha256) == nil
        }
    }
  }

  private var documents: [Document] = []
  private var bytes = 0

  func hasRoom(for document: Document) -> Bool {
    documents.count < Pipeline.batchLength
      && bytes + document.image.text.count <= Pipeline.batchBytes
  }

  mutating func add(_ document: Document) {
    documents.append(document)
    bytes += document.image.text.count
  }

  /// The documents; none are left.
  mutating func take() -> [Document] {
    defer { self = Batch() }
    return documents
  }
}

/// Whether it pays to give the extractors of a moment documents together.
final class Batching: Sendable {
  private struct State {
    var generation = 0
    var batches = 0
    /// Batches whose documents had to be analysed one by one.
    var failures = 0
  }

  /// How many batches may fail before it counts whether more than half of them do.
  private static let mostFailures = 3

  private let state = Mutex(State())

  func isAllowed(_ registry: Registry) -> Bool {
    registry.methods(.extractor).allSatisfy(\.description.isBatched)
      && state.withLock { state in
        state.generation != registry.generation || state.failures < Self.mostFailures
          || state.failures * 2 <= state.batches
      }
  }

  /// Notes how a batch went.
  func ended(_ registry: Registry, isFailed: Bool) {
    state.withLock { state in
      if state.generation != registry.generation { state = State(generation: registry.generation) }
      state.batches += 1
      if isFailed { state.failures += 1 }
    }
  }
}
