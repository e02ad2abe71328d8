/// What a scan keeps of one chunk of text. The memory is lent.
struct LexiconScratch {
  /// Bytes of a chunk, at most.
  static let longestChunk = 2_048
  /// Rows that are gathered before they are handed on.
  static let rowCount = 256
  /// Places behind the last candidate that are written and mean nothing.
  static let padding = 16

  /// Characters at which a surface may begin, in bytes from the chunk's start.
  let candidates: UnsafeMutablePointer<UInt16>
  /// By candidate: where its third character begins.
  let thirds: UnsafeMutablePointer<UInt16>
  /// By candidate: the state behind two characters, the root where there is none.
  let states: UnsafeMutablePointer<UInt32>
  let rows: UnsafeMutablePointer<LexiconMatch>

  /// Calls `body` with memory enough for a text of `byteCount` bytes.
  static func lend(forBytes byteCount: Int, _ body: (LexiconScratch) -> Void) {
    let places = (min(byteCount, longestChunk) + padding + 7) & ~7
    let rowBytes = rowCount * MemoryLayout<LexiconMatch>.stride
    withUnsafeTemporaryAllocation(byteCount: rowBytes + places * 8, alignment: 64) { memory in
      let rows = memory.baseAddress!
      let states = rows + rowBytes
      body(
        LexiconScratch(
          candidates: (states + places * 4).assumingMemoryBound(to: UInt16.self),
          thirds: (states + places * 6).assumingMemoryBound(to: UInt16.self),
          states: states.assumingMemoryBound(to: UInt32.self),
          rows: rows.assumingMemoryBound(to: LexiconMatch.self)))
    }
  }
}
