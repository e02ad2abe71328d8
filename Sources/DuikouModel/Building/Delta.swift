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
    try forEachRow(of: dk_content.self, over: image) { (row, strings) throws(Failure) in
      if let bytes = strings[row.bytes] { try body(bytes) }
    }
  }

  /// Calls `body` with each row of a type, in order, and with what its strings are read from: both are
  /// lent. `image` is what the call was given, whose strings the rows may use.
  public func forEachRow<R: Row, Failure: Error>(
    of type: R.Type, over image: Image, _ body: (R, Strings) throws(Failure) -> Void
  ) throws(Failure) {
    defer { withExtendedLifetime((storage, image)) {} }
    let strings = Strings(pool: pool, poolBase: poolBase, imagePool: image.pool)
    for segment in segments where segment.type == R.typeID {
      for index in 0..<segment.count {
        let at = storage.base + segment.offset + index * segment.rowSize
        try body(readPrefix(at, size: segment.rowSize), strings)
      }
    }
  }

  /// The strings that the rows of a delta name.
  public struct Strings {
    fileprivate let pool: UnsafeRawBufferPointer
    fileprivate let poolBase: Int
    fileprivate let imagePool: UnsafeRawBufferPointer

    /// The bytes of a string; nil where it is absent.
    public subscript(string: dk_str) -> UnsafeRawBufferPointer? {
      guard string.off != 0 else { return nil }
      let start = Int(string.off)
      let (pool, from) = start >= poolBase ? (pool, start - poolBase) : (imagePool, start)
      return UnsafeRawBufferPointer(rebasing: pool[from..<from + Int(string.len)])
    }
  }
}

extension Delta {
  package var pool: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: storage.base + poolOffset, count: poolSize)
  }
}
