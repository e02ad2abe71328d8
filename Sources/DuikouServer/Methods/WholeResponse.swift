import GRPCCore
import Synchronization

/// Sends a response of one message when it is complete: headers, message and status in one write, which
/// wakes the client once.
final class WholeResponse<Bytes: GRPCContiguousBytes & Sendable>: ClosableRPCWriterProtocol {
  typealias Element = RPCResponsePart<Bytes>

  private let base: RPCWriter<Element>.Closable
  private let parts = Mutex<[Element]>([])

  init(_ base: RPCWriter<Element>.Closable) { self.base = base }

  func write(_ part: Element) async throws { try await write(contentsOf: CollectionOfOne(part)) }

  func write(contentsOf new: some Sequence<Element>) async throws {
    let complete = parts.withLock { parts -> [Element]? in
      parts += new
      guard case .status = parts.last else { return nil }
      defer { parts = [] }
      return parts
    }
    if let complete { try await base.write(contentsOf: complete) }
  }

  func finish() async { await base.finish() }

  func finish(throwing error: any Error) async { await base.finish(throwing: error) }
}
