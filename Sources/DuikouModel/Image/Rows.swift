import CDuikou

/// The rows of one table, read in place.
///
/// Rows that are shorter than `R`, from an older author, read as if they ended in zeros; of longer
/// rows the known part is read.
public struct Rows<R: Row>: RandomAccessCollection, Sendable {
  private let storage: ImageStorage
  private let offset: Int
  private let stride: Int
  public let count: Int

  init(storage: ImageStorage, table: Image.Table?) {
    self.storage = storage
    offset = table?.offset ?? 0
    stride = table?.rowSize ?? 0
    count = table?.count ?? 0
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  @inlinable public func index(after index: Int) -> Int { index + 1 }
  @inlinable public func index(before index: Int) -> Int { index - 1 }

  /// Row `index`, from 0.
  public subscript(index: Int) -> R {
    precondition(index >= 0 && index < count, "row \(index) of a table of \(count)")
    let at = offset + index * stride
    guard stride >= MemoryLayout<R>.size else {
      return readPrefix(storage.base + at, size: stride)
    }
    return storage.base.load(fromByteOffset: at, as: R.self)
  }

  /// A reference to row `index`, from 0.
  public func reference(_ index: Int) -> dk_ref {
    dk_ref(type: R.typeID, row: UInt32(index) + 1)
  }
}
