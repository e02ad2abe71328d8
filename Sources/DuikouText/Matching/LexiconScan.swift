/// Finds a lexicon's surfaces in a text, chunk by chunk, in three passes, so that what cannot be
/// predicted waits for nothing: the filter picks the characters at which a surface may begin; of those
/// the states behind two characters are looked up; from these the double array is walked.
struct LexiconScan {
  let tables: LexiconTables
  let scratch: LexiconScratch
  let text: UnsafePointer<UInt8>
  /// Where the text ends.
  let end: Int

  /// Calls `found` with what is found from `start` on, in batches, in order.
  func run(
    from start: Int, _ mode: LexiconMode, _ found: (UnsafeBufferPointer<LexiconMatch>) -> Void
  ) {
    var rows = 0
    var taken = start
    var at = start
    while at < end {
      let limit = min(at &+ LexiconScratch.longestChunk, end)
      let chunk =
        tables.filter.starts.isEmpty ? pickPairs(from: at, to: limit) : pickAll(from: at, to: limit)
      let count = confirm(chunk.count, from: at)
      switch mode {
      case .all: walkAll(count, from: at, &rows, found)
      case .leftmostLongest: walkLongest(count, from: at, &taken, &rows, found)
      }
      at = chunk.end
    }
    if rows > 0 { found(UnsafeBufferPointer(start: scratch.rows, count: rows)) }
  }

  @inline(never)
  private func pickPairs(from start: Int, to limit: Int) -> (count: Int, end: Int) {
    pick(from: start, to: limit, [])
  }

  @inline(never)
  private func pickAll(from start: Int, to limit: Int) -> (count: Int, end: Int) {
    pick(from: start, to: limit, tables.filter.starts)
  }

  /// Writes the candidates that begin from `start` up to `limit`; gives how many they are, and where the first
  /// character behind the limit begins.
  @inline(__always)
  private func pick(
    from start: Int, to limit: Int, _ starts: LexiconFilter.Starts
  ) -> (count: Int, end: Int) {
    let text = text
    let end = end
    let filter = tables.filter
    let candidates = scratch.candidates
    let isWide = starts.contains(.wide)
    let isNarrow = starts.contains(.narrow)
    var count = 0
    var at = start
    @inline(__always) func test(_ bytes: UInt64, _ offset: Int, _ isMeant: Int) {
      candidates[count] = UInt16(truncatingIfNeeded: at &- start &+ offset)
      let single = isWide ? filter.single(bytes, width: 3) : 0
      count &+= (filter.pair(bytes) | single) & isMeant
    }
    let safe = min(limit &- 12, end &- 17)
    while at < limit {
      if at <= safe {
        let (a, b) = (Self.bytes(text, at), Self.bytes(text, at &+ 3))
        let (c, d) = (Self.bytes(text, at &+ 6), Self.bytes(text, at &+ 9))
        let front = a & 0xc0f0_c0c0_f0c0_c0f0 ^ 0x80e0_8080_e080_80e0
        let back = Self.bytes(text, at &+ 4) & 0xc0c0_f0c0_c0f0_c0c0 ^ 0x8080_e080_80e0_8080
        if front | back == 0 {
          test(a, 0, 1)
          test(b, 3, 1)
          test(c, 6, 1)
          test(d, 9, 1)
          at &+= 12
          continue
        }
        let frontWidth = front.trailingZeroBitCount >> 3
        let backWidth = back.trailingZeroBitCount >> 3 &+ 4
        let triples = (min(frontWidth, backWidth) &* 11) >> 5
        test(a, 0, triples > 0 ? 1 : 0)
        test(b, 3, triples > 1 ? 1 : 0)
        test(c, 6, triples > 2 ? 1 : 0)
        at &+= triples &* 3
        let run = (Self.bytes(text, at) & 0x8080_8080_8080_8080).trailingZeroBitCount >> 3
        if run > 0 {
          if isNarrow {
            for place in at..<(at &+ run) {
              candidates[count] = UInt16(truncatingIfNeeded: place &- start)
              count &+= filter.single(UInt64(text[place]), width: 1)
            }
          }
          at &+= run
          continue
        }
      }
      let bytes = at &+ 8 <= end ? Self.bytes(text, at) : Self.bytes(text, at, end: end)
      let width = LexiconTables.width(UInt32(truncatingIfNeeded: bytes))
      if width == 3 {
        test(bytes, 0, 1)
      } else if isNarrow {
        candidates[count] = UInt16(truncatingIfNeeded: at &- start)
        count &+= filter.single(bytes, width: width)
      }
      at &+= width
    }
    return (count, at)
  }

  @inline(__always)
  private static func bytes(_ text: UnsafePointer<UInt8>, _ offset: Int) -> UInt64 {
    UnsafeRawPointer(text + offset).loadUnaligned(as: UInt64.self)
  }

  /// Less than eight bytes from `offset`, 0 for those behind the end.
  @inline(never)
  private static func bytes(_ text: UnsafePointer<UInt8>, _ offset: Int, end: Int) -> UInt64 {
    var bytes: UInt64 = 0
    for place in 0..<(end &- offset) {
      bytes |= UInt64(text[offset &+ place]) &<< UInt64(8 &* place)
    }
    return bytes
  }

  /// Keeps the candidates that are surfaces of one or two characters, or begin like one of three.
  @inline(never)
  private func confirm(_ count: Int, from start: Int) -> Int {
    let (text, end, tables) = (text, end, tables)
    let (candidates, thirds, states) = (scratch.candidates, scratch.thirds, scratch.states)
    let (nodes, singles) = (tables.nodes, tables.singles)
    var kept = 0
    for candidate in 0..<count {
      let offset = candidates[candidate]
      let at = start &+ Int(offset)
      candidates[kept] = offset
      if at &+ 10 <= end {
        let bytes = Self.bytes(text, at)
        if bytes & 0x0000_c0c0_f0c0_c0f0 == 0x0000_8080_e080_80e0 {
          let first = tables.tripleCode(UInt32(truncatingIfNeeded: bytes))
          let second = tables.tripleCode(UInt32(truncatingIfNeeded: bytes >> 24))
          let word = LexiconTables.word(text, at: at &+ 6)
          let pair = nodes[Int(first)].base &+ second
          let node = nodes[Int(pair)]
          let isPair: UInt32 = node.check == first ? 1 : 0
          let triple = node.base &+ tables.tripleCode(word)
          let isTriple: UInt32 = nodes[Int(triple)].check == pair ? 1 : 0
          let isOther: UInt32 = LexiconTables.isTriple(word) ? 0 : 1
          let isSingle: UInt32 = first &- 1 < singles ? 1 : 0
          states[kept] = pair & (0 &- isPair)
          thirds[kept] = offset &+ 6
          kept &+= Int(isPair & (node.word >> 31 | isTriple | isOther) | isSingle)
          continue
        }
      }
      let first = tables.character(text, at: at, end: end)
      var third = at &+ first.width
      var state: UInt32 = 0
      if third < end {
        let second = tables.character(text, at: third, end: end)
        let pair = nodes[Int(first.code)].base &+ second.code
        if nodes[Int(pair)].check == first.code { state = pair }
        third &+= second.width
      }
      states[kept] = state
      thirds[kept] = UInt16(truncatingIfNeeded: third &- start)
      kept &+= state != 0 || first.code &- 1 < singles ? 1 : 0
    }
    return kept
  }

  @inline(never)
  private func walkAll(
    _ count: Int, from start: Int, _ rows: inout Int,
    _ found: (UnsafeBufferPointer<LexiconMatch>) -> Void
  ) {
    let (text, end, tables) = (text, end, tables)
    let (scratch, buffer, values) = (scratch, scratch.rows, tables.values)
    var row = rows
    @inline(__always) func add(_ start: Int, _ end: Int, _ state: UInt32, _ isMatch: Int) {
      buffer[row] = LexiconMatch(start: start, end: end, value: values[Int(state)])
      row &+= isMatch
      if row == LexiconScratch.rowCount {
        found(UnsafeBufferPointer(start: buffer, count: row))
        row = 0
      }
    }
    for candidate in 0..<count {
      let at = start &+ Int(scratch.candidates[candidate])
      let state = scratch.states[candidate]
      let third = start &+ Int(scratch.thirds[candidate])
      if tables.singles > 0 {
        let first = tables.character(text, at: at, end: end)
        add(at, at &+ first.width, first.code, first.code &- 1 < tables.singles ? 1 : 0)
        if state == 0 { continue }
      }
      tables.walk(text, from: third, end: end, state) { add(at, $0, $1, Int($2.word >> 31)) }
    }
    rows = row
  }

  @inline(never)
  private func walkLongest(
    _ count: Int, from start: Int, _ taken: inout Int, _ rows: inout Int,
    _ found: (UnsafeBufferPointer<LexiconMatch>) -> Void
  ) {
    let (text, end, tables) = (text, end, tables)
    let (scratch, buffer, values) = (scratch, scratch.rows, tables.values)
    var (row, free) = (rows, taken)
    for candidate in 0..<count {
      let at = start &+ Int(scratch.candidates[candidate])
      guard at >= free else { continue }
      let state = scratch.states[candidate]
      let third = start &+ Int(scratch.thirds[candidate])
      var longest: UInt32 = 0
      var longestEnd = 0
      if tables.singles > 0 {
        let first = tables.character(text, at: at, end: end)
        if first.code &- 1 < tables.singles {
          (longest, longestEnd) = (first.code, at &+ first.width)
        }
      }
      if state != 0 {
        tables.walk(text, from: third, end: end, state) { end, state, node in
          longestEnd = node.hasValue ? end : longestEnd
          longest = node.hasValue ? state : longest
        }
      }
      guard longest != 0 else { continue }
      free = longestEnd
      buffer[row] = LexiconMatch(start: at, end: longestEnd, value: values[Int(longest)])
      row &+= 1
      if row == LexiconScratch.rowCount {
        found(UnsafeBufferPointer(start: buffer, count: row))
        row = 0
      }
    }
    (taken, rows) = (free, row)
  }
}
