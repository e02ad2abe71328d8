/// A lexicon's image: its tables in one piece, little-endian and independent of where it lies.
///
/// It is built ahead of time, written to a file, and mapped by as many processes as like to; they
/// share its memory. An image that comes from outside is checked completely before it is used, which
/// takes about a millisecond for a megabyte. Use is in place: neither file nor memory may change while
/// the lexicon lives.
extension Lexicon {
  /// The image, copied.
  public var bytes: [UInt8] {
    withExtendedLifetime(memory) { Array(memory.bytes) }
  }

  /// Writes the image to a file in place of what was there, at once: others see the old file or the new.
  public func write(to path: String) throws(LexiconError) {
    try withExtendedLifetime(memory) { () throws(LexiconError) in
      try LexiconFile.write(memory.bytes, to: path)
    }
  }

  /// Maps an image's file.
  public init(mapping path: String) throws(LexiconError) {
    try self.init(memory: LexiconMemory(mapping: path))
  }

  /// Copies an image.
  public init(validating bytes: [UInt8]) throws(LexiconError) {
    try self.init(
      memory: LexiconMemory(byteCount: bytes.count) { memory in
        bytes.withUnsafeBytes { memory.copyMemory(from: $0) }
      })
  }

  /// Uses an image where it lies, at a multiple of eight bytes. `owner` is kept as long as the lexicon and
  /// keeps the bytes.
  public init(
    validating bytes: UnsafeRawBufferPointer, ownedBy owner: AnyObject
  ) throws(LexiconError) {
    try self.init(memory: LexiconMemory(lent: bytes, by: owner))
  }
}
