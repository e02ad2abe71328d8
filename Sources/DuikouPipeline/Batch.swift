import DuikouHost
import DuikouModel

/// Documents that are going to be analysed together.
struct Batch {
  struct Document: Sendable {
    /// Among all that are wanted.
    let index: Int
    let source: DocumentSource
    /// As it was read.
    let image: Image
    /// The plugins of the moment when it was read.
    let registry: Registry

    /// Whether nothing is known against it, and it is small.
    var mayBeBatched: Bool {
      image.text.count <= Pipeline.batchBytes / 2 && !source.isRetried
        && registry.methods(.extractor).allSatisfy {
          $0.runner.refusal(of: source.sha256) == nil
        }
    }
  }

  private var documents: [Document] = []
  private var bytes = 0

  /// Whether a document fits to the others: they are few and small, and have met the same plugins.
  func hasRoom(for document: Document) -> Bool {
    guard let last = documents.last else { return true }
    return last.registry.generation == document.registry.generation
      && documents.count < Pipeline.batchLength
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
