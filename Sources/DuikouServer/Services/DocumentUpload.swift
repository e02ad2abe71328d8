import DuikouAPI
import DuikouModel
import Foundation
import Synchronization

/// A document that is being put in, part by part.
final class DocumentUpload: Sendable {
  private struct State {
    var header: Duikou_V1_PutDocumentRequest.Header?
    var bytes: [UInt8] = []
    /// Memory that was taken for the bytes, and how much it is.
    var held: [EndOfCall] = []
    var heldBytes = 0
  }

  /// Memory is taken in steps, since clients choose how small their pieces are.
  private static let step = 64 << 10

  private let limit: Int
  private let memory: RequestMemory
  private let state = Mutex(State())

  /// At most `limit` bytes are taken, out of the memory that all requests share.
  init(limit: Int, memory: RequestMemory) {
    self.limit = limit
    self.memory = memory
  }

  /// Takes the next part. Throws `invalidArgument` for one that is out of order, `resourceExhausted` above
  /// a limit.
  func take(_ part: Duikou_V1_PutDocumentRequest.OneOf_Part?) throws(DuikouError) {
    switch part {
    case .header(let header): try take(header)
    case .chunk(let chunk): try take(chunk)
    case nil: return
    }
  }

  /// The document, when all of it has come. Throws `invalidArgument` where it has no header.
  func finish() throws(DuikouError) -> (header: Duikou_V1_PutDocumentRequest.Header, bytes: [UInt8])
  {
    let (header, bytes) = state.withLock { ($0.header, $0.bytes) }
    guard let header else {
      throw DuikouError(.invalidArgument, "send a header, then the document's bytes")
    }
    return (header, bytes)
  }

  private func take(_ header: Duikou_V1_PutDocumentRequest.Header) throws(DuikouError) {
    let isFirst = state.withLock { state in
      defer { state.header = state.header ?? header }
      return state.header == nil
    }
    guard isFirst else {
      throw DuikouError(.invalidArgument, "a document has one header: send it once, first")
    }
  }

  private func take(_ chunk: Data) throws(DuikouError) {
    let (hasHeader, size) = state.withLock { ($0.header != nil, $0.bytes.count) }
    guard hasHeader else {
      throw DuikouError(.invalidArgument, "send the document's header before its bytes")
    }
    guard size + chunk.count <= limit else {
      throw DuikouError(
        .resourceExhausted,
        "the document is above the limit of \(limit) bytes: split it, or raise max-document-mib")
    }
    let missing = size + chunk.count - state.withLock { $0.heldBytes }
    if missing > 0 {
      let bytes = max(missing, Self.step)
      let held = try memory.take(bytes)
      state.withLock { state in
        state.held.append(held)
        state.heldBytes += bytes
      }
    }
    state.withLock { $0.bytes.append(contentsOf: chunk) }
  }
}
