import CDuikou
import DuikouModel

/// How the rows of one type are written as messages: which field number lies where in a row.
struct RowPlan: Sendable {
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
    /// Bytes of the tag.
    var tagSize: Int
  }

  let type: TypeDescriptor
  /// By number: index in `slots`, or -1.
  private let indices: [Int8]
  /// In the order of their numbers.
  let slots: [Slot]

  init(_ type: TypeDescriptor) {
    self.type = type
    let fields = type.fields.map { field in
      Slot(
        field.number, field.offset, Coding(field.kind, target: field.target),
        bit: field.hasPresenceBit ? 1 << UInt64(field.number) : 0)
    }
    let header = RowHeaderField.allCases.map { field in
      Slot(field.rawValue, field.offset, field == .evidence ? .span : .u32, bit: 0)
    }
    slots = (fields + header).sorted { $0.number < $1.number }
    var indices = [Int8](repeating: -1, count: Int(RowHeaderField.allCases.count) + 64)
    for (index, slot) in slots.enumerated() { indices[Int(slot.number)] = Int8(index) }
    self.indices = indices
  }

  /// The slot of a number; nil where the type has none.
  @inline(__always)
  func slot(_ number: UInt32) -> Slot? {
    guard number < UInt32(indices.count) else { return nil }
    let index = Int(indices[Int(number)])
    return index < 0 ? nil : slots[index]
  }
}

extension RowPlan.Slot {
  fileprivate init(_ number: UInt32, _ offset: Int, _ coding: RowPlan.Coding, bit: UInt64) {
    let tag = UInt64(number) << 3 | UInt64(coding.wireType.rawValue)
    self.init(
      number: number, offset: offset, coding: coding, bit: bit, tag: tag,
      tagSize: WireWriter.size(tag))
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
