import CDuikou

extension TypeDescriptor {
  /// Reads a row type from a flat description. Throws `invalidArgument`, or `dataLoss`.
  package init(reading reader: inout FlatReader) throws(DuikouError) {
    let name = try reader.string()
    let documentation = try reader.string() ?? ""
    let id = try reader.u32()
    let size = try reader.u32()
    guard let name else { throw DuikouError(.invalidArgument, "a row type has no name") }
    let fields = try reader.list { (reader) throws(DuikouError) in
      try FieldDescriptor(reading: &reader, of: name)
    }
    try self.init(
      name: name, documentation: documentation, id: id, size: Int(size), fields: fields)
  }
}

extension FieldDescriptor {
  fileprivate init(reading reader: inout FlatReader, of typeName: String) throws(DuikouError) {
    let name = try reader.string()
    let documentation = try reader.string() ?? ""
    let unit = try reader.string() ?? ""
    let number = try reader.u32()
    let offset = try reader.u32()
    let rawKind = try reader.u32()
    let flags = try reader.u32()
    let target = try reader.u32()
    let values = try reader.list { (reader) throws(DuikouError) in
      NamedValue(
        name: try reader.string() ?? "", documentation: try reader.string() ?? "",
        value: try reader.i64())
    }
    guard let name else {
      throw DuikouError(.invalidArgument, "row type \(typeName): a field has no name")
    }
    guard let kind = Kind(rawValue: rawKind) else {
      throw DuikouError(
        .invalidArgument,
        "row type \(typeName): field \(name) has kind \(rawKind), which this host does not know")
    }
    self.init(
      name: name, documentation: documentation, unit: unit, number: number, offset: Int(offset),
      kind: kind, isKey: flags & UInt32(DK_KEY) != 0, target: target, values: values)
  }
}
