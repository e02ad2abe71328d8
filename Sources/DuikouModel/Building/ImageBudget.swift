import Synchronization

/// How many bytes an image may still grow by, shared by all calls that add to it.
public final class ImageBudget: Sendable {
  /// What a delta takes in the host besides its rows and strings, about, and each of its pieces.
  static let deltaBytes = 256
  static let segmentBytes = 128

  private let limit: Int
  private let rest: Mutex<Int>
  private let schema: Schema
  private let rowSizes: [UInt32: Int]

  /// `rowSizes` has the types whose rows are longer in the image than the schema says.
  public init(_ bytes: Int, schema: Schema, rowSizes: [UInt32: Int] = [:]) {
    limit = max(0, bytes)
    rest = Mutex(limit)
    self.schema = schema
    self.rowSizes = rowSizes
  }

  /// What nobody has taken yet: rows and strings with more bytes do not have to be read.
  public var left: Int { rest.withLock { $0 } }

  /// Takes what rows and strings need until they are in the image and there. Throws
  /// `resourceExhausted`, and takes nothing, when that is more than is left.
  public func take(_ delta: Delta) throws(DuikouError) {
    let rows = delta.segments.reduce(0) { sum, segment in
      let inImage = max(schema[segment.type]?.size ?? 0, rowSizes[segment.type] ?? 0)
      return sum + segment.count * max(segment.rowSize, inImage)
    }
    let needed =
      rows + delta.poolSize + Self.deltaBytes + Self.segmentBytes * delta.segments.count
    let isTaken = rest.withLock { rest in
      guard needed <= rest else { return false }
      rest -= needed
      return true
    }
    guard isTaken else { throw exhausted }
  }

  /// That a call has given more than is left.
  public var exhausted: DuikouError {
    DuikouError(
      .resourceExhausted,
      "its rows do not fit: all together may have \(limit) bytes more; split the document")
  }
}
