import CDuikou

extension TypeDescriptor {
  /// Reads a type from a plugin's table of `dk_type`, which may be longer or shorter
  /// than ours: `stride` bytes are there.
  ///
  /// The memory must be readable; nothing else is assumed. Throws `invalidArgument`.
  public init(reading pointer: UnsafeRawPointer, stride: Int) throws(DuikouError) {
    let type: dk_type = readPrefix(pointer, size: stride)
    guard let name = string(type.name) else {
      throw DuikouError(.invalidArgument, "a row type has no name")
    }
    guard type.field_count <= 63 else {
      throw DuikouError(
        .invalidArgument, "row type \(name) has \(type.field_count) fields; 63 are allowed")
    }
    let fieldStride = Int(type.field_stride)
    guard type.field_count == 0 || fieldStride >= Int(DK_FIELD_SIZE_V1), fieldStride % 8 == 0
    else {
      throw DuikouError(
        .invalidArgument, "row type \(name): its field_stride must be sizeof(dk_field)")
    }
    var fields: [FieldDescriptor] = []
    for index in 0..<Int(type.field_count) {
      guard let base = type.fields else {
        throw DuikouError(.invalidArgument, "row type \(name) has fields but no array of them")
      }
      let at = UnsafeRawPointer(base) + index * fieldStride
      fields.append(try FieldDescriptor(reading: at, stride: fieldStride, of: name))
    }
    try self.init(
      name: name, documentation: string(type.doc) ?? "", id: type.id, size: Int(type.size),
      fields: fields)
  }
}

extension FieldDescriptor {
  fileprivate init(
    reading pointer: UnsafeRawPointer, stride: Int, of typeName: String
  ) throws(DuikouError) {
    let field: dk_field = readPrefix(pointer, size: stride)
    guard let name = string(field.name) else {
      throw DuikouError(.invalidArgument, "row type \(typeName): a field has no name")
    }
    guard let kind = Kind(rawValue: field.kind) else {
      throw DuikouError(
        .invalidArgument,
        "row type \(typeName): field \(name) has kind \(field.kind), which this host does not know")
    }
    let valueStride = Int(field.value_stride)
    guard
      field.value_count == 0
        || (field.values != nil && valueStride >= Int(DK_VALUE_SIZE_V1) && valueStride % 8 == 0
          && field.value_count <= 4096)
    else {
      throw DuikouError(
        .invalidArgument, "row type \(typeName): field \(name) has a bad array of values")
    }
    var values: [NamedValue] = []
    if let base = field.values {
      for index in 0..<Int(field.value_count) {
        let value: dk_value = readPrefix(
          UnsafeRawPointer(base) + index * valueStride, size: valueStride)
        values.append(
          NamedValue(
            name: string(value.name) ?? "", documentation: string(value.doc) ?? "",
            value: value.value))
      }
    }
    self.init(
      name: name, documentation: string(field.doc) ?? "", unit: string(field.unit) ?? "",
      number: field.number, offset: Int(field.offset), kind: kind,
      isKey: field.flags & UInt32(DK_KEY) != 0, target: field.target, values: values)
  }
}

/// The first `size` bytes of a struct that the other side wrote; what is absent reads as zero.
package func readPrefix<Value: BitwiseCopyable>(
  _ pointer: UnsafeRawPointer, size: Int
) -> Value {
  withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { buffer in
    let raw = UnsafeMutableRawBufferPointer(buffer)
    raw.initializeMemory(as: UInt8.self, repeating: 0)
    raw.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: min(size, raw.count)))
    return raw.load(as: Value.self)
  }
}

/// A C string, repaired where it is not UTF-8; nil for NULL.
package func string(_ pointer: UnsafePointer<CChar>?) -> String? {
  pointer.map { String(cString: $0) }
}
