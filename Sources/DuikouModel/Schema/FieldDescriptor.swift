/// One field of a row type, copied from a plugin's `dk_field`.
public struct FieldDescriptor: Sendable, Hashable {
  /// The kinds of fields, with the numbers of `duikou/type.h`.
  public enum Kind: UInt32, Sendable, Hashable {
    case i32 = 1
    case i64 = 2
    case u32 = 3
    case u64 = 4
    case f64 = 5
    case string = 6
    case bytes = 7
    case span = 8
    case ref = 9

    /// Bytes that a field of this kind takes in a row.
    public var size: Int {
      switch self {
      case .i32, .u32: 4
      case .i64, .u64, .f64, .string, .bytes, .span, .ref: 8
      }
    }

    /// Where a field of this kind may begin: a multiple of this many bytes.
    public var alignment: Int {
      switch self {
      case .i64, .u64, .f64: 8
      case .i32, .u32, .string, .bytes, .span, .ref: 4
      }
    }

    /// Whether "not stated" needs a presence bit, because zero is a value.
    public var isNumber: Bool {
      switch self {
      case .i32, .i64, .u32, .u64, .f64: true
      case .string, .bytes, .span, .ref: false
      }
    }
  }

  /// A named value of an integer field.
  public struct NamedValue: Sendable, Hashable {
    public var name: String
    public var documentation: String
    public var value: Int64

    public init(name: String, documentation: String, value: Int64) {
      self.name = name
      self.documentation = documentation
      self.value = value
    }
  }

  /// The name, in lower_snake_case.
  public var name: String
  /// One sentence, or empty.
  public var documentation: String
  /// The unit, such as `fen` or `day`, or empty.
  public var unit: String
  /// 1 to 63; the presence bit of a number is the bit of this index.
  public var number: UInt32
  /// Bytes from the row's start.
  public var offset: Int
  public var kind: Kind
  /// Whether rows with the same value here are the same entity.
  public var isKey: Bool
  /// The id of the type that a reference names; 0 for any.
  public var target: UInt32
  public var values: [NamedValue]

  public init(
    name: String, documentation: String = "", unit: String = "", number: UInt32, offset: Int,
    kind: Kind, isKey: Bool = false, target: UInt32 = 0, values: [NamedValue] = []
  ) {
    self.name = name
    self.documentation = documentation
    self.unit = unit
    self.number = number
    self.offset = offset
    self.kind = kind
    self.isKey = isKey
    self.target = target
    self.values = values
  }
}
