/// The row types that are known: those of the domain and those that plugins bring along.
public struct Schema: Sendable {
  private var types: [UInt32: TypeDescriptor] = [:]

  /// A schema without any type.
  public init() {}

  public subscript(id: UInt32) -> TypeDescriptor? { types[id] }

  /// All types, by id.
  public var all: [TypeDescriptor] { types.values.sorted { $0.id < $1.id } }

  /// The type of a full name.
  public func type(named name: String) -> TypeDescriptor? {
    types.values.first { $0.name == name }
  }

  /// Adds a type.
  ///
  /// Throws `alreadyExists` when another type has its id or its name. Adding the same type
  /// again does nothing.
  public mutating func add(_ type: TypeDescriptor) throws(DuikouError) {
    if let other = types[type.id] {
      guard other != type else { return }
      throw DuikouError(
        .alreadyExists,
        "row type \(type.name) has the id \(hexadecimal(type.id)) of \(other.name); choose another")
    }
    if self.type(named: type.name) != nil {
      throw DuikouError(.alreadyExists, "another plugin brings a row type \(type.name)")
    }
    types[type.id] = type
  }
}

/// A number as people write ids, such as `0x5a3c91e7`.
package func hexadecimal(_ number: UInt32) -> String {
  "0x" + String(number, radix: 16)
}
