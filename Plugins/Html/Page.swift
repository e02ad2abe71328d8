import DuikouPlugin

/// The page on its way to its receiver, who gets it piece by piece.
final class Page {
  private let call: Call
  private var pending = Markup()
  /// Bytes of a piece.
  private static let pieceSize = 64 << 10

  init(_ call: Call) { self.call = call }

  /// Writes markup. Throws when the receiver does not take it any more.
  func write(_ markup: Markup) throws {
    pending += markup
    if pending.bytes.count >= Self.pieceSize { try send() }
  }

  /// Writes a text of any length.
  func write(text: Slice<UnsafeBufferPointer<UInt8>>) throws {
    var rest = text
    while !rest.isEmpty {
      var end = min(rest.startIndex + Self.pieceSize / 4, rest.endIndex)
      while end < rest.endIndex, rest[end] & 0xc0 == 0x80 { end -= 1 }
      try write("\(rest[..<end])")
      rest = rest[end...]
    }
  }

  /// Hands over the last piece.
  func finish() throws { try send() }

  /// Throws when nobody waits for the page any more.
  func checkReceiver() throws {
    if call.isCancelled { throw DuikouError(.cancelled, "the caller does not wait any more") }
  }

  private func send() throws {
    guard !pending.bytes.isEmpty else { return }
    try checkReceiver()
    try call.write(String(decoding: pending.bytes, as: UTF8.self))
    try call.flush()
    pending.removeAll()
  }
}
