import Synchronization

/// How many bytes an image may still grow by, shared by all calls that add to it.
public final class ImageBudget: Sendable {
  private let limit: Int
  private let left: Atomic<Int>
  private let schema: Schema
  private let rowSizes: [UInt32: Int]

  /// `rowSizes` has the types whose rows are longer in the image than the schema says.
  public init(_ bytes: Int, schema: Schema, rowSizes: [UInt32: Int] = [:]) {
    limit = max(0, bytes)
    left = Atomic(limit)
    self.schema = schema
    self.rowSizes = rowSizes
  }

  /// Takes what rows and strings need until they are in the image and there. Throws
  /// `resourceExhausted`, and takes nothing, when that is more than is left.
  public func take(_ delta: Delta) throws(DuikouError) {
    let rows = delta.segments.reduce(0) { sum, segment in
      let inImage = max(schema[segment.type]?.size ?? 0, rowSizes[segment.type] ?? 0)
      return sum + segment.count * max(segment.rowSize, inImage)
    }
    let needed = rows + delta.poolSize
    guard left.subtract(needed, ordering: .relaxed).newValue >= 0 else {
      left.add(needed, ordering: .relaxed)
      throw DuikouError(
        .resourceExhausted,
        "its rows do not fit: all together may have \(limit) bytes more; split the document")
    }
  }
}
