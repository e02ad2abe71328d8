import CDuikou
import DuikouModel

/// Writes rows as messages. The rows have been checked.
struct RowEncoder {
  /// Where the rows' strings lie: offsets below `newStart` in one pool, the others in the other.
  struct Strings {
    let old: UnsafeRawBufferPointer
    let new: UnsafeRawBufferPointer
    let newStart: Int

    func bytes(_ string: dk_str) -> UnsafeRawBufferPointer {
      let start = Int(string.off)
      let (pool, from) = start >= newStart ? (new, start - newStart) : (old, start)
      return UnsafeRawBufferPointer(rebasing: pool[from..<from + Int(string.len)])
    }
  }

  let plan: RowPlan
  let strings: Strings

  /// Writes the fields of a row that is `stride` long.
  func write(_ row: UnsafeRawPointer, stride: Int, to writer: inout WireWriter) {
    writer.reserve(plan.slots.count * Self.longestField)
    let has = row.load(as: UInt64.self)
    for slot in plan.slots where slot.offset + slot.size <= stride {
      let at = row + slot.offset
      switch slot.coding {
      case .i32:
        let number = at.load(as: Int32.self)
        guard slot.isStated(number != 0, has) else { continue }
        writer.varint(slot.tag)
        writer.varint(UInt64(bitPattern: Int64(number)))
      case .u32:
        let number = at.load(as: UInt32.self)
        guard slot.isStated(number != 0, has) else { continue }
        writer.varint(slot.tag)
        writer.varint(UInt64(number))
      case .i64, .u64:
        let number = at.load(as: UInt64.self)
        guard slot.isStated(number != 0, has) else { continue }
        writer.varint(slot.tag)
        writer.varint(number)
      case .f64:
        let bits = at.load(as: UInt64.self)
        guard slot.isStated(bits != 0, has) else { continue }
        writer.varint(slot.tag)
        writer.fixed64(bits)
      case .string:
        let string = at.load(as: dk_str.self)
        guard string.off != 0 else { continue }
        writer.varint(slot.tag)
        writer.varint(UInt64(string.len))
        writer.reserve(Int(string.len) + plan.slots.count * Self.longestField)
        writer.raw(strings.bytes(string))
      case .span:
        let span = at.load(as: dk_span.self)
        guard span.len != 0 else { continue }
        Self.write(span.off, span.len, slot.tag, to: &writer)
      case .ref:
        let ref = at.load(as: dk_ref.self)
        guard ref.row != 0 else { continue }
        Self.write(ref.type, ref.row - 1, slot.tag, to: &writer)
      }
    }
  }

  /// Bytes of the longest field, the bytes of strings aside: a tag, a length, and two numbers with theirs.
  private static let longestField = 16

  /// Writes a message of two numbers, of which a zero is left out.
  private static func write(
    _ first: UInt32, _ second: UInt32, _ tag: UInt64, to writer: inout WireWriter
  ) {
    writer.varint(tag)
    let start = writer.beginMessage()
    if first != 0 {
      writer.varint(1 << 3)
      writer.varint(UInt64(first))
    }
    if second != 0 {
      writer.varint(2 << 3)
      writer.varint(UInt64(second))
    }
    writer.endMessage(start)
  }
}

extension RowPlan.Slot {
  /// Bytes in the row.
  fileprivate var size: Int {
    switch coding {
    case .i32, .u32: 4
    case .i64, .u64, .f64, .string, .span, .ref: 8
    }
  }

  @inline(__always)
  fileprivate func isStated(_ isNotZero: Bool, _ has: UInt64) -> Bool {
    bit == 0 ? isNotZero : has & bit != 0
  }
}
