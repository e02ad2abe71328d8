import CDuikou
import DuikouModel

/// An image that is being filled: its parts have their places, its rows are zero.
///
/// The pool comes last, since its size is known at the end only.
struct ImageFiller {
  private let memory: UnsafeMutableRawBufferPointer
  private let base: UnsafeMutableRawPointer
  private var header: dk_image
  /// By table: where the next row goes, and how long rows are.
  private var next: [(row: UnsafeMutableRawPointer, size: Int)] = []
  var pool: RowDecoder.Pool

  /// Throws `resourceExhausted` when the image would have more than `limit` bytes, or what `reserve` throws
  /// when it is asked for them.
  init(
    _ contents: RequestDecoder.Contents, _ tables: [RequestDecoder.Table], limit: Int,
    reserve: (Int) throws(DuikouError) -> Void
  ) throws(DuikouError) {
    var end = MemoryLayout<dk_image>.size
    func take(_ size: Int) -> Int {
      defer { end += (size + 7) & ~7 }
      return end
    }
    let directory = take(tables.count * MemoryLayout<dk_table>.size)
    let rows = zip(tables, contents.counts).map { table, count in
      dk_table(
        type: table.plan.type.id, row_size: UInt32(table.rowSize),
        rows_off: UInt64(take(table.rowSize * count)), row_count: UInt32(clamping: count),
        reserved: 0)
    }
    let text = take(contents.text.count)
    let pool = take(contents.strings + 1)
    guard end <= min(limit, Int(UInt32.max)) else {
      throw DuikouError(
        .resourceExhausted,
        "the request needs \(end) bytes of memory, \(limit) are allowed: send fewer rows at once")
    }
    try reserve(end)
    memory = ImageStorage.allocate(end)
    base = memory.baseAddress ?? UnsafeMutableRawPointer(bitPattern: 8)!
    base.initializeMemory(as: UInt8.self, repeating: 0, count: text)
    for (index, table) in rows.enumerated() {
      (base + directory + index * MemoryLayout<dk_table>.size).storeBytes(
        of: table, as: dk_table.self)
      next.append((base + Int(table.rows_off), Int(table.row_size)))
    }
    base.storeBytes(of: 0, toByteOffset: max(pool - 8, text), as: UInt64.self)
    UnsafeMutableRawBufferPointer(rebasing: memory[text...]).copyMemory(from: contents.text)
    self.pool = RowDecoder.Pool(UnsafeMutableRawBufferPointer(rebasing: memory[pool...]))
    header = dk_image(
      magic: DK_IMAGE_MAGIC, table_stride: UInt32(MemoryLayout<dk_table>.size), size: 0,
      tables_off: UInt64(directory), table_count: UInt32(tables.count), reserved: 0,
      pool_off: UInt64(pool), pool_size: 0, text_off: UInt64(text),
      text_size: UInt64(contents.text.count))
    if let documents = contents.undescribed {
      nextRow(of: documents).storeBytes(
        of: dk_span(off: 0, len: UInt32(contents.text.count)),
        toByteOffset: MemoryLayout<dk_document>.offset(of: \.text) ?? 0, as: dk_span.self)
    }
  }

  /// The next row of a table, of which there are as many as were counted.
  mutating func nextRow(of table: Int) -> UnsafeMutableRawPointer {
    defer { next[table].row += next[table].size }
    return next[table].row
  }

  /// Frees the memory of an image that will not be.
  func discard() { memory.deallocate() }

  /// The whole image.
  func finish() -> ImageStorage {
    var header = header
    let size = Int(header.pool_off) + (pool.count + 7) & ~7
    header.size = UInt64(size)
    header.pool_size = UInt64(pool.count)
    for byte in Int(header.pool_off) + pool.count..<size { memory[byte] = 0 }
    base.storeBytes(of: header, as: dk_image.self)
    return ImageStorage(owning: UnsafeMutableRawBufferPointer(rebasing: memory[..<size]))
  }
}
