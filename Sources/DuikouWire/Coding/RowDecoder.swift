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
  /// field that stands twice the last counts, and messages that stand twice are merged, as protobuf has it.
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
        var span = at.load(as: dk_span.self)
        try pair(try reader.message(), &span.off, &span.len)
        at.storeBytes(of: span, as: dk_span.self)
      case .ref(let target):
        var ref = at.load(as: dk_ref.self)
        var (type, index) = ref.row == 0 ? (target, 0) : (ref.type, ref.row - 1)
        try pair(try reader.message(), &type, &index)
        // The last index is that of no row, which the check behind this tells.
        ref = dk_ref(type: type, row: index == .max ? .max : index + 1)
        at.storeBytes(of: ref, as: dk_ref.self)
      }
    }
    row.storeBytes(of: has, as: UInt64.self)
  }

  /// Reads the numbers in fields 1 and 2 of a small message; one that is not there stays as it is.
  private static func pair(
    _ message: WireReader, _ first: inout UInt32, _ second: inout UInt32
  ) throws(WireReader.Flaw) {
    var reader = message
    while !reader.isAtEnd {
      let tag = try reader.tag()
      guard tag.type == .varint, tag.number <= 2 else {
        try reader.skip(tag)
        continue
      }
      let number = UInt32(truncatingIfNeeded: try reader.varint())
      if tag.number == 1 { first = number } else { second = number }
    }
  }
}
