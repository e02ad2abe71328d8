import CDuikou

/// A row type, copied from a plugin's `dk_type` and checked.
public struct TypeDescriptor: Sendable, Hashable {
  /// The full name, such as `duikou.place`.
  public let name: String
  public let documentation: String
  public let id: UInt32
  /// Bytes of a row, a multiple of 8.
  public let size: Int
  public let fields: [FieldDescriptor]
  /// The presence bits that a row of this type may have: one for each field, though only numbers
  /// need theirs.
  public let presenceMask: UInt64
  /// The fields whose values can be wrong, as little of each as a check needs.
  let checks: [FieldCheck]

  /// What checking a row has to know of a field.
  struct FieldCheck: Sendable, Hashable {
    var offset: Int
    var kind: FieldDescriptor.Kind
    var target: UInt32
    /// Of the field among the type's.
    var index: Int
  }

  /// Checks a description of a row type.
  ///
  /// Throws `invalidArgument` with a sentence that names the field: for a size or offset out of
  /// place, for overlapping fields, for a number or name that is used twice.
  public init(
    name: String, documentation: String = "", id: UInt32, size: Int, fields: [FieldDescriptor]
  ) throws(DuikouError) {
    self.name = name
    self.documentation = documentation
    self.id = id
    self.size = size
    self.fields = fields
    self.presenceMask = fields.reduce(0) {
      $1.number < 64 ? $0 | 1 << UInt64($1.number) : $0
    }
    checks = fields.enumerated().compactMap { index, field in
      switch field.kind {
      case .i32, .i64, .u32, .u64: nil
      case .f64, .string, .bytes, .span, .ref:
        FieldCheck(offset: field.offset, kind: field.kind, target: field.target, index: index)
      }
    }
    try check()
  }

  /// The name without its package, such as `place`.
  public var shortName: Substring {
    name.split(separator: ".").last ?? Substring(name)
  }

  private func check() throws(DuikouError) {
    func refuse(_ reason: String) -> DuikouError {
      DuikouError(.invalidArgument, "row type \(name): \(reason)")
    }
    try checkNames()
    guard Self.isTypeName(name) else {
      throw refuse("a name has lower-case words joined by dots, such as cn.example.stays.stay")
    }
    guard id != 0 else { throw refuse("its id is 0; choose one above 0xffff at random") }
    guard size >= MemoryLayout<dk_row>.size, size % 8 == 0, size <= 1 << 16 else {
      throw refuse("its size of \(size) bytes is not a multiple of 8 between 32 and 65536")
    }
    var names = Set<String>()
    var numbers = Set<UInt32>()
    for field in fields {
      guard Self.isFieldName(field.name) else {
        throw refuse("field \(field.name) is not in lower_snake_case")
      }
      guard names.insert(field.name).inserted else {
        throw refuse("two fields are called \(field.name)")
      }
      guard (1...63).contains(field.number) else {
        throw refuse("field \(field.name) has number \(field.number); numbers go from 1 to 63")
      }
      guard numbers.insert(field.number).inserted else {
        throw refuse("field \(field.name) uses number \(field.number) again")
      }
      guard field.offset >= MemoryLayout<dk_row>.size, field.offset <= size - field.kind.size else {
        throw refuse("field \(field.name) at offset \(field.offset) lies outside of the row")
      }
      guard field.offset % field.kind.alignment == 0 else {
        throw refuse("field \(field.name) at offset \(field.offset) is not aligned")
      }
    }
    let byOffset = fields.sorted { $0.offset < $1.offset }
    for (field, next) in zip(byOffset, byOffset.dropFirst())
    where field.offset + field.kind.size > next.offset {
      throw refuse("fields \(field.name) and \(next.name) overlap at offset \(next.offset)")
    }
  }

  /// Bytes of the longest name of a type, a field or a value, as of a plugin and a method.
  package static let longestName = 255

  private func checkNames() throws(DuikouError) {
    let names = [name] + fields.flatMap { [$0.name] + $0.values.map(\.name) }
    for name in names where name.utf8.count > Self.longestName {
      throw DuikouError(
        .invalidArgument,
        "row type \(self.name.prefix(utf8: Self.longestName)): a name has \(name.utf8.count) bytes; "
          + "at most \(Self.longestName) are taken")
    }
  }

  private static func isTypeName(_ name: String) -> Bool {
    let words = name.split(separator: ".", omittingEmptySubsequences: false)
    return words.count >= 2 && words.allSatisfy { isFieldName(String($0)) }
  }

  private static func isFieldName(_ name: String) -> Bool {
    guard let first = name.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
    else { return false }
    return name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
