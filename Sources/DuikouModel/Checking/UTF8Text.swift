/// Whether bytes are valid UTF-8.
package func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool { firstFlaw(inUTF8: bytes) == nil }

/// The offset of the first byte that cannot stand in UTF-8; nil where all can.
package func firstFlaw(inUTF8 bytes: UnsafeRawBufferPointer) -> Int? {
  let start = UTF8Prefix.length(bytes)
  guard start < bytes.count else { return nil }
  let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
  return rest.withMemoryRebound(to: UInt8.self) { buffer in
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: buffer.span)
      return nil
    } catch {
      return start + error.byteOffsets.lowerBound
    }
  }
}

/// Passes over valid UTF-8 faster than the standard library, which looks at Chinese character by
/// character.
private enum UTF8Prefix {
  /// How many bytes at the beginning are whole characters for certain. What comes next may be valid as
  /// well: the last few bytes always do.
  static func length(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var at = 0
    while at <= bytes.count - 8 {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      if word & 0x8080_8080_8080_8080 == 0 {
        at += 8
      } else if isTwiceChinese(word) {
        at += 6
      } else if isThreeBytes(word) {
        at += 3
      } else if word & 0x80 == 0 {
        at += 1
      } else if word & 0xc0e0 == 0x80c0, word & 0x1e != 0 {
        at += 2
      } else if isFourBytes(word) {
        at += 4
      } else {
        break
      }
    }
    return at
  }

  /// Whether a word begins with two characters of U+4000 to U+BFFF, most of what Chinese is written in.
  @inline(__always)
  private static func isTwiceChinese(_ word: UInt64) -> Bool {
    word & 0xc0_c0f0_c0c0_f0 == 0x80_80e0_8080_e0
      && ((word & 0x0f00_000f) &+ 0x0400_0004) & 0x0800_0008 == 0x0800_0008
  }

  /// Whether a word begins with a character of three bytes: no overlong form, no surrogate.
  @inline(__always)
  private static func isThreeBytes(_ word: UInt64) -> Bool {
    guard word & 0xc0_c0f0 == 0x80_80e0 else { return false }
    let (lead, isHigh) = (word & 0xf, word & 0x2000 != 0)
    return lead == 0 ? isHigh : lead != 0xd || !isHigh
  }

  /// Whether a word begins with a character of four bytes: U+10000 to U+10FFFF.
  @inline(__always)
  private static func isFourBytes(_ word: UInt64) -> Bool {
    guard word & 0xc0c0_c0f8 == 0x8080_80f0 else { return false }
    let (lead, high) = (word & 0x7, word & 0x3000)
    return lead == 0 ? high != 0 : lead < 4 || (lead == 4 && high == 0)
  }
}

extension String {
  /// The string, or as much of it as fits into so many bytes of UTF-8.
  package func prefix(utf8 length: Int) -> String {
    guard utf8.count > length else { return self }
    var end = utf8.index(startIndex, offsetBy: length)
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}

extension UInt8 {
  /// Whether the byte goes on with a character of UTF-8, rather than begins one.
  var continuesCharacter: Bool { self & 0xc0 == 0x80 }
}

extension UnsafeRawBufferPointer {
  /// Whether an offset of valid UTF-8 lies between characters.
  func isBoundary(_ offset: Int) -> Bool {
    offset == count || !self[offset].continuesCharacter
  }
}
