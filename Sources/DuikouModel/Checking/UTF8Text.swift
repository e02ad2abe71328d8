/// Whether bytes are valid UTF-8.
package func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool { firstFlaw(inUTF8: bytes) == nil }

/// The offset of the first byte that cannot stand in UTF-8; nil where all can.
package func firstFlaw(inUTF8 bytes: UnsafeRawBufferPointer) -> Int? {
  guard !bytes.isEmpty else { return nil }
  return bytes.withMemoryRebound(to: UInt8.self) { buffer in
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: buffer.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
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
