import CDuikou
import CDuikouRuntime

/// Takes over what a call has appended, piece by piece as it flushes, and checks it.
///
/// One for each call. What the call wrote is copied first and then checked, so that nothing
/// that still runs can change it between the check and its use.
public struct DeltaReader {
  private let image: Image
  private let schema: Schema
  /// By type: the row size that the method declared to write.
  private let rowSizes: [UInt32: Int]
  /// Rows by type, once something is read.
  private var counts: [UInt32: Int]?
  private let pool: DeferredPoolText
  /// Where the strings of the next delta begin, as the call counts.
  private var poolBase: Int

  /// `rowSizes` has the types that the method declared to write.
  public init(image: Image, schema: Schema, rowSizes: [UInt32: Int]) {
    self.image = image
    self.schema = schema
    self.rowSizes = rowSizes
    pool = DeferredPoolText(image.pool)
    poolBase = image.pool.count
  }

  /// What reading gives.
  public enum Reading: Sendable {
    case delta(Delta)
    /// The call has produced nothing.
    case nothing
    /// There is more than was asked for: nothing has been read.
    case larger
  }

  /// Copies and checks what a call has produced since it began or last flushed, if that has at most
  /// `limit` bytes.
  ///
  /// `block` is the call's memory, which begins with a `dkr_output`. Throws `dataLoss` with a
  /// sentence when something in it cannot be right; `resourceExhausted` for content rows that repeat
  /// strings beyond measure. `look` is called now and then, and may throw to
  /// end what nobody waits for.
  public mutating func read(
    _ block: UnsafeRawBufferPointer, limit: Int = .max,
    look: () throws(DuikouError) -> Void = {}
  ) throws(DuikouError) -> Reading {
    guard let base = block.baseAddress, block.count >= MemoryLayout<dkr_output>.size else {
      throw Self.flaw("the call's memory is too small")
    }
    let output = OutputHeader(base)
    guard let read = output.segments(in: block),
      output.poolOffset <= block.count, output.poolSize <= block.count - output.poolOffset
    else { throw Self.flaw("the call's output does not lie within its memory") }

    var size = output.poolSize
    for segment in read {
      let bytes = UInt64(segment.row_count) * UInt64(segment.row_size)
      guard let expected = rowSizes[segment.type], Int(segment.row_size) == expected else {
        throw Self.flaw("it holds rows of \(hexadecimal(segment.type)) that were not declared so")
      }
      guard segment.rows_off <= UInt64(block.count),
        bytes <= UInt64(block.count) - segment.rows_off, segment.rows_off % 8 == 0
      else { throw Self.flaw("rows do not lie within the call's memory") }
      size += Int(bytes)
    }
    guard size > 0 else { return .nothing }
    guard size <= limit else { return .larger }
    // Pieces may lie over one another in a block that lies; the sum must still fit into it.
    guard size <= block.count else { throw Self.flaw("it counts its rows more than once") }
    let memory = ImageStorage.allocate(max(size + 8, 8))
    var segments: [Delta.Segment] = []
    var at = 0
    for segment in read where segment.row_count > 0 {
      let bytes = Int(segment.row_count) * Int(segment.row_size)
      UnsafeMutableRawBufferPointer(rebasing: memory[at...]).copyMemory(
        from: UnsafeRawBufferPointer(start: base + Int(segment.rows_off), count: bytes))
      segments.append(
        .init(
          type: segment.type, rowSize: Int(segment.row_size), count: Int(segment.row_count),
          offset: at))
      at += bytes
    }
    UnsafeMutableRawBufferPointer(rebasing: memory[at...]).copyMemory(
      from: UnsafeRawBufferPointer(start: base + output.poolOffset, count: output.poolSize))
    let delta = Delta(
      storage: ImageStorage(owning: memory), segments: segments, poolOffset: at,
      poolSize: output.poolSize, poolBase: poolBase)
    try check(delta, look: look)
    return .delta(delta)
  }

  private mutating func check(
    _ delta: Delta, look: () throws(DuikouError) -> Void
  ) throws(DuikouError) {
    var counts =
      self.counts ?? Dictionary(image.tables.map { ($0.type, $0.count) }) { first, _ in first }
    for segment in delta.segments { counts[segment.type, default: 0] += segment.count }
    self.counts = counts
    defer { withExtendedLifetime((image, delta)) {} }
    let checker = RowChecker(
      schema: schema, text: image.textBytes, pool: pool, newPool: PoolText(delta.pool),
      newPoolStart: poolBase, counts: counts)
    for segment in delta.segments {
      try checker.check(
        rows: delta.storage.base + segment.offset, stride: segment.rowSize,
        count: segment.count, type: segment.type, look: look)
    }
    try checkContent(of: delta)
    poolBase += delta.poolSize
  }

  /// Rows may name the same bytes again and again, and a receiver would copy them for each.
  private func checkContent(of delta: Delta) throws(DuikouError) {
    let limit = delta.poolSize + pool.bytes.count + Self.repeatedContent
    var size = 0
    delta.forEachContent(over: image) { size += $0.count }
    guard size <= limit else {
      throw DuikouError(
        .resourceExhausted,
        "its content rows repeat strings up to \(size) bytes between two flushes; at most \(limit) "
          + "are taken: flush more often")
    }
  }

  private static let repeatedContent = 64 << 20

  private static func flaw(_ reason: String) -> DuikouError {
    DuikouError(.dataLoss, "the plugin's result was refused: \(reason)")
  }
}

/// The header of a call's output, read once: a worker could change it while it is read.
private struct OutputHeader {
  let poolOffset: Int
  let poolSize: Int
  private let segmentCount: Int
  private let segmentsOffset: Int

  init(_ base: UnsafeRawPointer) {
    let output = base.load(as: dkr_output.self)
    poolOffset = Int(clamping: output.pool_off)
    poolSize = Int(clamping: output.pool_size)
    segmentCount = Int(output.segment_count)
    segmentsOffset = Int(clamping: output.segments_off)
  }

  /// The pieces of tables; nil when they do not lie within the block.
  func segments(in block: UnsafeRawBufferPointer) -> [dkr_segment]? {
    let size = segmentCount * MemoryLayout<dkr_segment>.stride
    guard segmentCount <= Int(DKR_SEGMENTS_MAX), segmentsOffset % 8 == 0,
      segmentsOffset <= block.count, size <= block.count - segmentsOffset
    else { return nil }
    return (0..<segmentCount).map {
      block.load(
        fromByteOffset: segmentsOffset + $0 * MemoryLayout<dkr_segment>.stride,
        as: dkr_segment.self)
    }
  }
}
