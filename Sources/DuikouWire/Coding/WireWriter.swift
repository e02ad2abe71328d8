/// Writes protobuf's wire format into memory of its own, which grows.
struct WireWriter: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(capacity: Int) {
    memory = .allocate(byteCount: max(capacity, 64), alignment: 8)
  }

  deinit { memory.deallocate() }

  /// Calls `body` with what has been written.
  borrowing func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(rebasing: memory[..<count]))
  }

  /// Makes room for so many bytes more.
  @inline(__always)
  mutating func reserve(_ size: Int) {
    if memory.count - count < size { grow(size) }
  }

  private mutating func grow(_ size: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(memory.count * 2, count + size), alignment: 8)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    memory.deallocate()
    memory = larger
  }

  /// Writes a number; there must be room.
  @inline(__always)
  mutating func varint(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      memory[count] = UInt8(truncatingIfNeeded: rest) | 0x80
      count += 1
      rest >>= 7
    }
    memory[count] = UInt8(truncatingIfNeeded: rest)
    count += 1
  }

  /// Writes eight bytes; there must be room.
  mutating func fixed64(_ bits: UInt64) {
    memory.storeBytes(of: bits, toByteOffset: count, as: UInt64.self)
    count += 8
  }

  /// Writes four bytes; there must be room.
  mutating func fixed32(_ bits: UInt32) {
    memory.storeBytes(of: bits, toByteOffset: count, as: UInt32.self)
    count += 4
  }

  /// Writes bytes; there must be room.
  @inline(__always)
  mutating func raw(_ bytes: UnsafeRawBufferPointer) {
    guard let from = bytes.baseAddress, let to = memory.baseAddress else { return }
    (to + count).copyMemory(from: from, byteCount: bytes.count)
    count += bytes.count
  }

  /// Begins a message within this one and returns its start; there must be room for a byte.
  @inline(__always)
  mutating func beginMessage() -> Int {
    defer { count += 1 }
    return count
  }

  /// Ends the message that began at `start`: its length goes in front of it.
  @inline(__always)
  mutating func endMessage(_ start: Int) {
    let length = count - start - 1
    if length < 0x80 { memory[start] = UInt8(length) } else { endLongMessage(start, length) }
  }

  private mutating func endLongMessage(_ start: Int, _ length: Int) {
    let size = Self.size(UInt64(length))
    reserve(size - 1)
    let content = UnsafeRawBufferPointer(rebasing: memory[(start + 1)..<count])
    UnsafeMutableRawBufferPointer(rebasing: memory[(start + size)...]).copyMemory(from: content)
    count = start
    varint(UInt64(length))
    count += length
  }

  /// Bytes of a number.
  @inline(__always)
  static func size(_ number: UInt64) -> Int {
    (63 - (number | 1).leadingZeroBitCount) / 7 + 1
  }
}
