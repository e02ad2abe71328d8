/// The first `size` bytes of a struct that the other side wrote; what is absent reads as zero.
package func readPrefix<Value: BitwiseCopyable>(
  _ pointer: UnsafeRawPointer, size: Int
) -> Value {
  withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { buffer in
    let raw = UnsafeMutableRawBufferPointer(buffer)
    raw.initializeMemory(as: UInt8.self, repeating: 0)
    raw.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: min(size, raw.count)))
    return raw.load(as: Value.self)
  }
}
