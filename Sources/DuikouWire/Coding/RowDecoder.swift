import CDuikou
import DuikouModel

/// Writes one message into a row, and its strings into a pool.
enum RowDecoder {
  /// Where strings go: as much memory as all strings can need, behind the unused first byte.
  struct Pool {
    let memory: UnsafeMutableRawBufferPointer
    private(set) var count = 1

    init(_ memory: UnsafeMutableRawBufferPointer) {
      self.memory = memory
      if !memory.isEmpty { memory[0] = 0 }
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) -> dk_str {
      defer { count += bytes.count }
      UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: bytes)
      return dk_str(off: UInt32(truncatingIfNeeded: count), len: UInt32(clamping: bytes.count))
    }
  }

  /// Reads a message into a zeroed row as long as the plan's type. Unknown fields are left out; of a
  /// field that stands twice the last counts.
  static func decode(
    _ message: WireReader, by plan: RowPlan, into row: UnsafeMutableRawPointer,
    _ pool: inout Pool
  ) throws(WireReader.Flaw) {
    var reader = message
    var has: UInt64 = 0
    while !reader.isAtEnd {
      let start = reader.at
      let tag = try reader.varint()
      guard let index = plan.index(ofTag: tag) else {
        try reader.skip(try reader.tag(tag, from: start))
        continue
      }
      let slot = plan.slots[index]
      let at = row + slot.offset
      has |= slot.bit
      switch slot.coding {
      case .i32, .u32:
        at.storeBytes(of: UInt32(truncatingIfNeeded: try reader.varint()), as: UInt32.self)
      case .i64, .u64: at.storeBytes(of: try reader.varint(), as: UInt64.self)
      case .f64: at.storeBytes(of: try reader.fixed64(), as: UInt64.self)
      case .string: at.storeBytes(of: pool.add(try reader.bytes()), as: dk_str.self)
      case .span:
        let (off, len) = try pair(try reader.message())
        at.storeBytes(of: dk_span(off: off ?? 0, len: len ?? 0), as: dk_span.self)
      case .ref(let target):
        let (type, index) = try pair(try reader.message())
        // The last index is that of no row, which the check behind this tells.
        let row = (index ?? 0) == .max ? UInt32.max : (index ?? 0) + 1
        at.storeBytes(of: dk_ref(type: type ?? target, row: row), as: dk_ref.self)
      }
    }
    row.storeBytes(of: has, as: UInt64.self)
  }

  /// The numbers in fields 1 and 2 of a small message.
  private static func pair(
    _ message: WireReader
  ) throws(WireReader.Flaw) -> (UInt32?, UInt32?) {
    var reader = message
    var (first, second): (UInt32?, UInt32?)
    while !reader.isAtEnd {
      let tag = try reader.tag()
      guard tag.type == .varint, tag.number <= 2 else {
        try reader.skip(tag)
        continue
      }
      let number = UInt32(truncatingIfNeeded: try reader.varint())
      if tag.number == 1 { first = number } else { second = number }
    }
    return (first, second)
  }
}
