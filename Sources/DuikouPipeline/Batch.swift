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

/// Whether the extractors of a moment take documents together.
final class Batching: Sendable {
  /// How many batches may fail before nothing is tried any more with the same plugins.
  private static let mostFailures = 3

  private let failures = Mutex((generation: 0, count: 0))

  func isAllowed(_ registry: Registry) -> Bool {
    registry.methods(.extractor).allSatisfy(\.description.isBatched)
      && failures.withLock {
        $0.generation != registry.generation || $0.count < Self.mostFailures
      }
  }

  /// Notes a batch whose documents had to be analysed one by one.
  func failed(_ registry: Registry) {
    failures.withLock { failures in
      if failures.generation != registry.generation { failures = (registry.generation, 0) }
      failures.count += 1
    }
  }
}
