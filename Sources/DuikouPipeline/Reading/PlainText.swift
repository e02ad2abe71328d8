import DuikouModel

/// Plain text in UTF-8, taken from a file's bytes.
struct PlainText {
  /// The text, without a byte order mark.
  let bytes: ArraySlice<UInt8>
  /// Whether it ends within a character, which is left out.
  let isCut: Bool

  /// Checks that bytes are text.
  ///
  /// A last character that is cut in two, as in a file that did not arrive whole, is left out.
  /// Throws `invalidArgument` for an empty file and for what is not UTF-8 text, with the
  /// place, and `resourceExhausted` above `limit` bytes.
  init(_ source: [UInt8], limit: Int) throws(DuikouError) {
    guard source.count <= limit else {
      throw DuikouError(
        .resourceExhausted,
        "a document of \(source.count) bytes is above the limit of \(limit); split it, or raise "
          + "the limit")
    }
    var bytes = source[...]
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    let tail = Self.cutTail(of: bytes)
    isCut = tail > 0
    bytes = bytes.dropLast(tail)
    guard bytes.contains(where: { $0 > 0x20 }) else {
      throw DuikouError(.invalidArgument, "the document is empty")
    }
    guard let flaw = Self.firstFlaw(in: bytes) else {
      self.bytes = bytes
      return
    }
    throw DuikouError(
      .invalidArgument,
      "the document is not UTF-8 text: byte \(flaw) cannot stand there; convert it to UTF-8 first")
  }

  /// How many bytes at the end begin a character without finishing it.
  private static func cutTail(of bytes: ArraySlice<UInt8>) -> Int {
    for (back, byte) in bytes.reversed().prefix(3).enumerated() where byte & 0xc0 != 0x80 {
      let length =
        switch byte {
        case 0xc2...0xdf: 2
        case 0xe0...0xef: 3
        case 0xf0...0xf4: 4
        default: 1
        }
      return length > back + 1 ? back + 1 : 0
    }
    return 0
  }

  /// The offset of the first byte that is not UTF-8, or of a NUL; nil when there is none.
  private static func firstFlaw(in bytes: ArraySlice<UInt8>) -> Int? {
    let flaw = bytes.withUnsafeBytes { DuikouModel.firstFlaw(inUTF8: $0) }
    return flaw ?? bytes.firstIndex(of: 0).map { $0 - bytes.startIndex }
  }
}
