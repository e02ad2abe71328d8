import CDuikou
import DuikouModel

/// How the rows of one type are written as messages: which field number lies where in a row.
///
/// Immutable. The slots lie in memory of their own, since every field of every row looks there: an array
/// would be counted and checked each time.
final class RowPlan: @unchecked Sendable {
  /// How a field is read and written.
  enum Coding: Sendable {
    case i32, i64, u32, u64, f64, string, span
    /// A reference; without a type on the wire it names a row of `target`.
    case ref(target: UInt32)

    var wireType: WireReader.WireType {
      switch self {
      case .i32, .i64, .u32, .u64: .varint
      case .f64: .fixed64
      case .string, .span, .ref: .lengthDelimited
      }
    }
  }

  struct Slot: Sendable {
    var number: UInt32
    /// Bytes from the row's start.
    var offset: Int
    var coding: Coding
    /// The presence bit of a number whose zero is a value; 0 where zero means absent.
    var bit: UInt64
    /// Number and wire type as they are written.
    var tag: UInt64
  }

  let type: TypeDescriptor
  /// In the order of their numbers.
  let slots: UnsafeBufferPointer<Slot>
  /// By tag of one or two bytes: index in `slots`, or -1.
  private let indices: UnsafeBufferPointer<Int8>

  init(_ type: TypeDescriptor) {
    self.type = type
    let fields = type.fields.map { field in
      Slot(
        // Enums are int32 to protobuf, whatever they are to C: a number above is written as a negative one.
        field.number, field.offset,
        field.kind == .u32 && !field.values.isEmpty
          ? .i32 : Coding(field.kind, target: field.target),
        bit: field.hasPresenceBit ? 1 << UInt64(field.number) : 0)
    }
    let header = RowHeaderField.allCases.map { field in
      Slot(field.rawValue, field.offset, field == .evidence ? .span : .u32, bit: 0)
    }
    slots = Self.copy((fields + header).sorted { $0.number < $1.number })
    let longest = Int(slots.last?.tag ?? 0)
    var indices = [Int8](repeating: -1, count: longest + 1)
    for (index, slot) in slots.enumerated() { indices[Int(slot.tag)] = Int8(index) }
    self.indices = Self.copy(indices)
  }

  deinit {
    slots.deallocate()
    indices.deallocate()
  }

  /// The index of the slot that a tag names; nil where the type has none, or one of another wire type.
  @inline(__always)
  func index(ofTag tag: UInt64) -> Int? {
    guard tag < UInt64(indices.count) else { return nil }
    let index = Int(indices[Int(tag)])
    return index < 0 ? nil : index
  }

  private static func copy<Element>(_ array: [Element]) -> UnsafeBufferPointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = memory.initialize(from: array)
    return UnsafeBufferPointer(memory)
  }
}

extension RowPlan.Slot {
  fileprivate init(_ number: UInt32, _ offset: Int, _ coding: RowPlan.Coding, bit: UInt64) {
    self.init(
      number: number, offset: offset, coding: coding, bit: bit,
      tag: UInt64(number) << 3 | UInt64(coding.wireType.rawValue))
  }
}

extension RowPlan.Coding {
  fileprivate init(_ kind: FieldDescriptor.Kind, target: UInt32) {
    self =
      switch kind {
      case .i32: .i32
      case .i64: .i64
      case .u32: .u32
      case .u64: .u64
      case .f64: .f64
      case .string, .bytes: .string
      case .span: .span
      case .ref: .ref(target: target)
      }
  }
}

extension FieldDescriptor {
  /// Whether the field's zero is a value, so that a bit says whether it is stated.
  var hasPresenceBit: Bool { kind.isNumber && !isKey && values.isEmpty }
}
