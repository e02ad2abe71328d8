import CDuikou

/// Copies the strings of a pool that some rows name into new pools, each string once.
///
/// Strings may overlap, and a plugin's do as it likes: all new pools together take no more than twice the old one, and a
/// little for the names that all of them have.
struct StringMover {
  private let pool: UnsafeRawBufferPointer
  private var new: [UInt8] = []
  /// By offset in the old pool, the string that stands in the new one; absent where there is none yet.
  private var moved: [dk_str]
  /// The offsets that have one.
  private var offsets: [Int] = []
  /// Bytes that may still be copied.
  private var room: Int

  /// Bytes for what runs are called, in all new pools.
  private static let slack = 1 << 20

  /// `pool` is lent for as long as this is used.
  init(_ pool: UnsafeRawBufferPointer) {
    self.pool = pool
    moved = Array(repeating: dk_str(), count: pool.count)
    room = min(2 * pool.count + Self.slack, Int(UInt32.max))
  }

  /// Begins a new pool.
  mutating func begin() {
    for offset in offsets { moved[offset] = dk_str() }
    offsets.removeAll(keepingCapacity: true)
    new.removeAll(keepingCapacity: true)
    new.append(0)
  }

  /// The same string in the new pool; nil where there is no room for it.
  mutating func move(_ string: dk_str) -> dk_str? {
    let offset = Int(string.off)
    guard offset != 0, offset + Int(string.len) <= pool.count else { return dk_str() }
    // An empty string may stand behind the last byte; anywhere in the new pool it is as empty.
    guard offset < moved.count else { return dk_str(off: 1, len: 0) }
    let isNew = moved[offset].off == 0
    if isNew { offsets.append(offset) }
    if isNew || moved[offset].len < string.len {
      guard Int(string.len) <= room else { return nil }
      room -= Int(string.len)
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
