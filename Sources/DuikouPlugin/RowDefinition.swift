/// A row type that a plugin brings along, described from a struct.
///
/// The struct begins with `var row: dk_row` and has fields of `Int32`, `Int64`, `UInt32`,
/// `UInt64`, `Double`, `dk_str`, `dk_span` and `dk_ref` only, without gaps. Declare it in C
/// where other plugins read it too.
public struct RowDefinition: Sendable {
  let name: String
  let summary: String
  let id: UInt32
  let size: Int
  let fields: [Field]

  /// One field: `.init("nights", 1, \.nights, "Nights paid for.")`.
  public struct Field: Sendable {
    let name: String
    let number: UInt32
    let offset: Int?
    let kind: Int
    let summary: String
    let isKey: Bool
    let target: UInt32
    let unit: String

    /// `isBytes` makes a `dk_str` any bytes instead of text; in a configuration these are base64, or
    /// the content of a file.
    public init<R: Row, Value: FieldValue>(
      _ name: String, _ number: UInt32, _ path: KeyPath<R, Value>, _ summary: String,
      isKey: Bool = false, target: UInt32 = 0, unit: String = "", isBytes: Bool = false
    ) {
      self.name = name
      self.number = number
      self.offset = MemoryLayout<R>.offset(of: path)
      self.kind = isBytes && Value.kind == DK_STRING ? DK_BYTES : Value.kind
      self.summary = summary
      self.isKey = isKey
      self.target = target
      self.unit = unit
    }
  }

  /// `name` begins with the plugin's id, such as `cn.example.stays.stay`.
  public init<R: Row>(_ type: R.Type, name: String, summary: String, fields: [Field]) {
    self.name = name
    self.summary = summary
    id = R.typeID
    size = R.rowSize
    self.fields = fields
  }
}

/// A type that a field of a row may have.
public protocol FieldValue {
  /// DK_I32 and so on.
  static var kind: Int { get }
}

extension Int32: FieldValue { public static var kind: Int { DK_I32 } }
extension Int64: FieldValue { public static var kind: Int { DK_I64 } }
extension UInt32: FieldValue { public static var kind: Int { DK_U32 } }
extension UInt64: FieldValue { public static var kind: Int { DK_U64 } }
extension Double: FieldValue { public static var kind: Int { DK_F64 } }
extension dk_str: FieldValue { public static var kind: Int { DK_STRING } }
extension dk_span: FieldValue { public static var kind: Int { DK_SPAN } }
extension dk_ref: FieldValue { public static var kind: Int { DK_REF } }
