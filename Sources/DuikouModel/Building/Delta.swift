import CDuikou
import CDuikouRuntime

/// Rows and strings that a call appended to its image: copied out of the call's memory, checked,
/// and not yet part of an image.
///
/// Their indices and offsets continue those of the image that the call was given.
public struct Delta: Sendable {
  /// A contiguous piece of a table.
  package struct Segment: Sendable {
    package var type: UInt32
    package var rowSize: Int
    package var count: Int
    /// Bytes from the storage's start.
    package var offset: Int
  }

  package let storage: ImageStorage
  package let segments: [Segment]
  let poolOffset: Int
  let poolSize: Int
  /// The pool offset of the first byte of its strings, as the call counted.
  package let poolBase: Int

  /// How many rows there are, of all types.
  public var rowCount: Int { segments.reduce(0) { $0 + $1.count } }

  /// How many rows of a type there are.
  public func count(of type: UInt32) -> Int {
    segments.reduce(0) { $1.type == type ? $0 + $1.count : $0 }
  }

  /// Bytes of rows and strings.
  public var byteCount: Int { storage.size }

  /// Calls `body` with the bytes of each `duikou.content` row, in order. `image` is what the call
  /// was given, whose strings the rows may use.
  public func forEachContent<Failure: Error>(
    over image: Image, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    defer { withExtendedLifetime((storage, image)) {} }
    for segment in segments where segment.type == UInt32(DK_CONTENT) {
      for index in 0..<segment.count {
        let row: dk_content = readPrefix(
          storage.base + segment.offset + index * segment.rowSize, size: segment.rowSize)
        guard row.bytes.off != 0 else { continue }
        let (pool, start) =
          Int(row.bytes.off) >= poolBase
          ? (pool, Int(row.bytes.off) - poolBase) : (image.pool, Int(row.bytes.off))
        try body(
          UnsafeRawBufferPointer(rebasing: pool[start..<start + Int(row.bytes.len)]))
      }
    }
  }
}

extension Delta {
  package var pool: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: storage.base + poolOffset, count: poolSize)
  }
}
