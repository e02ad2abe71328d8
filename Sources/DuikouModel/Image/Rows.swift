import CDuikou

/// The rows of one table, read in place.
///
/// Rows that are shorter than `R`, from an older author, read as if they ended in zeros; of longer
/// rows the known part is read.
public struct Rows<R: Row>: RandomAccessCollection, Sendable {
  /// Keeps what `base` points to.
  private let storage: ImageStorage
  /// The first row.
  @usableFromInline nonisolated(unsafe) let base: UnsafeRawPointer
  @usableFromInline let stride: Int
  public let count: Int

  init(storage: ImageStorage, table: Image.Table?) {
    self.storage = storage
    base = storage.base + (table?.offset ?? 0)
    stride = table?.rowSize ?? 0
    count = table?.count ?? 0
  }

  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { count }

  @inlinable public func index(after index: Int) -> Int { index + 1 }
  @inlinable public func index(before index: Int) -> Int { index - 1 }

  /// Row `index`, from 0.
  @inlinable public subscript(index: Int) -> R {
    precondition(index >= 0 && index < count, "row \(index) of a table of \(count)")
    return withExtendedLifetime(self) {
      stride < MemoryLayout<R>.size
        ? prefix(at: index) : base.load(fromByteOffset: index * stride, as: R.self)
    }
  }

  /// A row that is shorter than `R`.
  @usableFromInline func prefix(at index: Int) -> R {
    readPrefix(base + index * stride, size: stride)
  }

  /// A reference to row `index`, from 0.
  @inlinable public func reference(_ index: Int) -> dk_ref {
    dk_ref(type: R.typeID, row: UInt32(index) + 1)
  }
}
