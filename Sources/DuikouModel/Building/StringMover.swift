import CDuikou

/// Copies the strings of a pool that some rows name into new pools, each string once.
struct StringMover {
  private let pool: UnsafeRawBufferPointer
  private var new: [UInt8] = []
  /// By offset in the old pool, the string that stands in the new one; absent where there is none yet.
  private var moved: [dk_str]
  /// The offsets that have one.
  private var offsets: [Int] = []

  /// `pool` is lent for as long as this is used.
  init(_ pool: UnsafeRawBufferPointer) {
    self.pool = pool
    moved = Array(repeating: dk_str(), count: pool.count)
  }

  /// Begins a new pool.
  mutating func begin() {
    for offset in offsets { moved[offset] = dk_str() }
    offsets.removeAll(keepingCapacity: true)
    new.removeAll(keepingCapacity: true)
    new.append(0)
  }

  /// The same string in the new pool.
  mutating func move(_ string: dk_str) -> dk_str {
    let offset = Int(string.off)
    guard offset != 0, offset + Int(string.len) <= pool.count else { return dk_str() }
    guard offset < moved.count else { return dk_str(off: 1, len: 0) }
    if moved[offset].off == 0 { offsets.append(offset) }
    if moved[offset].off == 0 || moved[offset].len < string.len {
      moved[offset] = dk_str(off: UInt32(new.count), len: string.len)
      new.append(contentsOf: pool[offset..<offset + Int(string.len)])
    }
    return dk_str(off: moved[offset].off, len: string.len)
  }

  /// Lends the new pool to `body`.
  func withPool<Result>(
    _ body: (UnsafeRawBufferPointer) throws(DuikouError) -> Result
  ) throws(DuikouError) -> Result {
    let result = new.withUnsafeBytes { bytes in
      Swift.Result { () throws(DuikouError) in try body(bytes) }
    }
    return try result.get()
  }
}
