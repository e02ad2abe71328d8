import CDuikou
import DuikouModel

@testable import DuikouWire

/// A row type with a field of every kind, and a plugin with methods over it.
enum Sample {
  static let typeID: UInt32 = 0x7a11_0001
  static let id = "cn.example.sample"

  static func type(
    name: String = "cn.example.sample.thing", id: UInt32 = typeID,
    change: (inout [FieldDescriptor]) -> Void = { _ in }
  ) throws(DuikouError) -> TypeDescriptor {
    var fields = [
      FieldDescriptor(name: "small", number: 1, offset: 32, kind: .i32),
      FieldDescriptor(name: "count", number: 2, offset: 36, kind: .u32),
      FieldDescriptor(name: "amount", unit: "fen", number: 3, offset: 40, kind: .i64),
      FieldDescriptor(name: "total", number: 4, offset: 48, kind: .u64),
      FieldDescriptor(name: "share", number: 5, offset: 56, kind: .f64),
      FieldDescriptor(name: "name", number: 6, offset: 64, kind: .string),
      FieldDescriptor(name: "blob", number: 7, offset: 72, kind: .bytes),
      FieldDescriptor(name: "place", number: 8, offset: 80, kind: .span),
      FieldDescriptor(name: "same_as", number: 9, offset: 88, kind: .ref, target: id),
      FieldDescriptor(
        name: "level", number: 10, offset: 96, kind: .u32,
        values: [
          .init(name: "low", documentation: "", value: 1),
          .init(name: "high", documentation: "", value: 2),
        ]),
      FieldDescriptor(name: "code", number: 63, offset: 100, kind: .i32, isKey: true),
    ]
    change(&fields)
    return try TypeDescriptor(
      name: name, documentation: "A thing.", id: id, size: 104, fields: fields)
  }

  static func schema(_ types: [TypeDescriptor]) throws(DuikouError) -> Schema {
    var schema = Schema.domain
    for type in types { try schema.add(type) }
    return schema
  }

  /// A contract of one method, by default over tables of things.
  static func contract(
    _ method: ServiceShape.Method? = nil, types: [TypeDescriptor]? = nil
  ) throws -> ServiceContract {
    let types = try types ?? [type()]
    let method =
      method ?? ServiceShape.Method(name: "Copy", reads: [typeID], writes: [typeID])
    return try ServiceContract(
      ServiceShape(id: id, documentation: "Samples.", types: types, methods: [method]),
      schema: try schema(types))
  }
}
