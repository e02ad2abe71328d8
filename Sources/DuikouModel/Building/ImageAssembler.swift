import CDuikou

/// Puts an image together from pieces of tables, pools and texts, in one pass of copying.
struct ImageAssembler {
  /// Rows that lie somewhere else, `stride` bytes apart.
  struct Piece {
    var rows: UnsafeRawPointer
    var stride: Int
    var count: Int
    var relocation: Relocation?
    /// Keeps `rows` alive.
    var owner: AnyObject?
  }

  private let schema: Schema
  private let rowSizes: [UInt32: Int]
  private var order: [UInt32] = []
  private var pieces: [UInt32: [Piece]] = [:]
  private var counts: [UInt32: Int] = [:]
  private var pools: [UnsafeRawBufferPointer] = []
  private var texts: [UnsafeRawBufferPointer] = []
  private(set) var poolSize = 0
  private(set) var textSize = 0

  /// `rowSizes` asks for tables of some types, be they empty, with rows at least that long.
  init(schema: Schema, rowSizes: [UInt32: Int]) {
    self.schema = schema
    self.rowSizes = rowSizes
  }

  func count(of type: UInt32) -> Int { counts[type] ?? 0 }

  /// Adds rows behind those of their type. Rows of a type that the schema lacks are left out,
  /// since nobody can tell what in them would have to move.
  mutating func add(_ piece: Piece, of type: UInt32) {
    guard schema[type] != nil else { return }
    if pieces[type] == nil { order.append(type) }
    pieces[type, default: []].append(piece)
    counts[type, default: 0] += piece.count
  }

  /// Adds bytes to the pool; the first byte of the first pool is the unused one.
  ///
  /// Throws `resourceExhausted` when the pool would be larger than 4 GiB, as `addText` does.
  mutating func addPool(_ bytes: UnsafeRawBufferPointer) throws(DuikouError) {
    pools.append(bytes)
    poolSize += bytes.count
    try Self.check(poolSize)
  }

  mutating func addText(_ bytes: UnsafeRawBufferPointer) throws(DuikouError) {
    texts.append(bytes)
    textSize += bytes.count
    try Self.check(textSize)
  }

  private static func check(_ size: Int) throws(DuikouError) {
    guard size <= Int(UInt32.max) else {
      throw DuikouError(
        .resourceExhausted,
        "the image would have more than \(size) bytes; an image ends at 4 GiB, so take fewer "
          + "documents at once")
    }
  }

  /// Copies everything into a new image.
  ///
  /// Throws `resourceExhausted` when it would be larger than 4 GiB.
  func assemble() throws(DuikouError) -> Image {
    let order =
      order + rowSizes.keys.sorted().filter { pieces[$0] == nil && schema[$0] != nil }
    var layout = Layout(at: MemoryLayout<dk_image>.size)
    let directory = layout.take(order.count * MemoryLayout<dk_table>.size)
    let tables = order.map { type in
      let rowSize = max(schema[type]?.size ?? 0, rowSizes[type] ?? 0)
      let count = counts[type] ?? 0
      return Image.Table(
        type: type, rowSize: rowSize, count: count, offset: layout.take(rowSize * count))
    }
    let pool = layout.take(max(poolSize, 1))
    let text = layout.take(textSize)
    try Self.check(layout.end)

    let memory = ImageStorage.allocate(layout.end)
    guard let base = memory.baseAddress else {
      throw DuikouError(.resourceExhausted, "no memory for an image of \(layout.end) bytes")
    }
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    base.storeBytes(
      of: dk_image(
        magic: DK_IMAGE_MAGIC, table_stride: UInt32(MemoryLayout<dk_table>.size),
        size: UInt64(layout.end), tables_off: UInt64(directory), table_count: UInt32(order.count),
        reserved: 0, pool_off: UInt64(pool), pool_size: UInt64(max(poolSize, 1)),
        text_off: UInt64(text), text_size: UInt64(textSize)), as: dk_image.self)
    for (index, table) in tables.enumerated() {
      (base + directory + index * MemoryLayout<dk_table>.size).storeBytes(
        of: dk_table(
          type: table.type, row_size: UInt32(table.rowSize), rows_off: UInt64(table.offset),
          row_count: UInt32(table.count), reserved: 0), as: dk_table.self)
      copyRows(of: table, to: base + table.offset)
    }
    Self.copy(pools, to: base + pool)
    Self.copy(texts, to: base + text)
    return Image(trusting: ImageStorage(owning: memory))
  }

  private func copyRows(of table: Image.Table, to start: UnsafeMutableRawPointer) {
    guard let type = schema[table.type] else { return }
    var to = start
    for piece in pieces[table.type] ?? [] {
      // Bytes behind what the schema knows are dropped: they could not be moved rightly.
      let known = min(piece.stride, type.size)
      for index in 0..<piece.count {
        to.copyMemory(from: piece.rows + index * piece.stride, byteCount: known)
        piece.relocation?.apply(to: to, type: type)
        to.assumingMemoryBound(to: dk_row.self).pointee.has &= type.presenceMask
        to += table.rowSize
      }
      withExtendedLifetime(piece.owner) {}
    }
  }

  private static func copy(
    _ buffers: [UnsafeRawBufferPointer], to start: UnsafeMutableRawPointer
  ) {
    var to = start
    for buffer in buffers {
      if let from = buffer.baseAddress { to.copyMemory(from: from, byteCount: buffer.count) }
      to += buffer.count
    }
  }

  private struct Layout {
    var end: Int

    init(at start: Int) { end = start }

    mutating func take(_ size: Int) -> Int {
      defer { end += (size + 7) & ~7 }
      return end
    }
  }
}
