/// A lexicon's tables, where they lie in its image. Whoever uses them keeps the image alive.
///
/// Codes of characters lie in pages of 64, one for each last byte of a UTF-8 sequence; the index
/// has an entry for each beginning of a sequence: first those of three bytes, then those of one
/// and two bytes, then those of four. Entries that no well-formed sequence leads to are the empty
/// page. Every number that leads from one table into another is checked when an image is read, so
/// that matching needs no checks.
struct LexiconTables: @unchecked Sendable {
  static let pageSize = 64
  /// Where the entries of one and two bytes begin.
  static let narrowEntries: UInt32 = 1_024
  /// What is added to the number of a page of four bytes.
  static let wideShift: UInt32 = 32
  static let leastIndexEntries: UInt32 = 1_056
  static let indexEntries = leastIndexEntries...(0x11_0000 >> 6 + wideShift)

  let surfaces: Int
  let singles: UInt32
  let indexEntries: UInt32
  /// Where in `pages` a page begins.
  let index: UnsafePointer<UInt32>
  let pages: UnsafePointer<UInt32>
  let filter: LexiconFilter
  let nodes: UnsafePointer<LexiconNode>
  /// By state: the value of the surface that ends there.
  let values: UnsafePointer<UInt32>

  /// The tables of an image that is known to be good.
  init(_ bytes: UnsafeRawBufferPointer, _ header: LexiconHeader) {
    func table<Entry>(_ offset: Int, of _: Entry.Type) -> UnsafePointer<Entry> {
      UnsafeRawPointer(bytes.baseAddress!.advanced(by: offset)).assumingMemoryBound(to: Entry.self)
    }
    surfaces = Int(header.surfaces)
    singles = header.singles
    indexEntries = header.indexEntries
    index = table(header.indexOffset, of: UInt32.self)
    pages = table(header.pagesOffset, of: UInt32.self)
    filter = LexiconFilter(
      words: table(header.filterOffset, of: UInt64.self), bits: header.filterBits,
      starts: header.starts)
    nodes = table(header.nodesOffset, of: LexiconNode.self)
    values = table(header.valuesOffset, of: UInt32.self)
  }

  /// The tables of an image that comes from outside.
  init(validating bytes: UnsafeRawBufferPointer) throws(LexiconError) {
    let header = try LexiconHeader(validating: bytes)
    self.init(bytes, header)
    let entries = Int(header.pages) * Self.pageSize
    for entry in 0..<Int(indexEntries) where Int(index[entry]) > entries - Self.pageSize {
      throw .damaged(part: "index")
    }
    for entry in 0..<entries where pages[entry] > header.characters {
      throw .damaged(part: "pages")
    }
    let highestBase = header.nodes - 1 - header.characters
    for node in 0..<Int(header.nodes) where nodes[node].base > highestBase {
      throw .damaged(part: "nodes")
    }
  }

  /// The place in the index for a scalar.
  static func indexEntry(of scalar: UInt32) -> UInt32 {
    scalar < 0x800
      ? narrowEntries + scalar >> 6 : scalar < 0x1_0000 ? scalar >> 6 : wideShift + scalar >> 6
  }

  /// Walks from a state along the text; calls `found` with every state on the way, its node, and where the
  /// text goes on behind it.
  @inline(__always)
  func walk(
    _ text: UnsafePointer<UInt8>, from start: Int, end: Int, _ state: UInt32,
    _ found: (Int, UInt32, LexiconNode) -> Void
  ) {
    var state = state
    var node = nodes[Int(state)]
    var at = start
    while true {
      found(at, state, node)
      guard at < end else { return }
      let character = character(text, at: at, end: end)
      let next = node.base &+ character.code
      node = nodes[Int(next)]
      guard node.check == state else { return }
      state = next
      at &+= character.width
    }
  }
}
