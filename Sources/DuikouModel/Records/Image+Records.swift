import CDuikou

extension Image {
  /// The image's rows as records, in the order of the directory; rows of types that the schema
  /// lacks are left out.
  public func records(schema: Schema) -> [Record] {
    tables.flatMap { records(of: $0.type, schema: schema) }
  }

  /// The rows of one type as records; none where the image or the schema lacks it.
  public func records(of typeID: UInt32, schema: Schema) -> Records {
    Records(image: self, type: schema[typeID], table: table(typeID), schema: schema)
  }

  /// Rows of one type, each read as a record when it is asked for.
  public struct Records: RandomAccessCollection, Sendable {
    private let reader: RecordReader
    private let source: (table: Table, type: TypeDescriptor)?

    fileprivate init(image: Image, type: TypeDescriptor?, table: Table?, schema: Schema) {
      source = type.flatMap { type in table.map { ($0, type) } }
      reader = RecordReader(image: image, schema: schema)
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { source?.table.count ?? 0 }

    /// Row `index`, from 0.
    public subscript(index: Int) -> Record {
      guard let source, indices.contains(index) else {
        preconditionFailure("row \(index) of a table of \(count)")
      }
      return reader.record(index, of: source.table, type: source.type)
    }
  }
}

/// Reads rows through their descriptors.
private struct RecordReader {
  let image: Image
  let schema: Schema
  /// Of plain text, which no reader has read.
  private let lines: LineIndex?

  init(image: Image, schema: Schema) {
    self.image = image
    self.schema = schema
    lines = image.rows(dk_piece.self).isEmpty ? image.storage.lines(of: image.textBytes) : nil
  }

  func record(_ index: Int, of table: Image.Table, type: TypeDescriptor) -> Record {
    let row = image.storage.base + table.offset + index * table.rowSize
    let header = row.load(as: dk_row.self)
    let document = max(Int(header.document) - 1, 0)
    let fields = type.fields.compactMap { field -> Record.Field? in
      guard field.offset + field.kind.size <= table.rowSize,
        let value = value(of: field, at: row, has: header.has, document: document)
      else { return nil }
      return Record.Field(name: field.name, value: value)
    }
    return Record(
      type: type.name, index: index, document: document, fields: fields,
      evidence: evidence(header.evidence, document: document),
      confidence: header.confidence == 0 ? nil : Double(header.confidence) / 1_000_000,
      flags: Self.names(ofFlags: header.flags), producer: producer(header.run))
  }

  private func value(
    of field: FieldDescriptor, at row: UnsafeRawPointer, has: UInt64, document: Int
  ) -> Record.Value? {
    let at = row + field.offset
    if field.kind.isNumber {
      // A named value needs no presence bit: its zero is never a name.
      if !field.values.isEmpty { return name(of: field, at: at) }
      guard field.isKey || has & 1 << UInt64(field.number) != 0 else { return nil }
    }
    switch field.kind {
    case .i32:
      let number = at.load(as: Int32.self)
      return field.unit == "day" ? .date(number) : .int(Int64(number))
    case .i64: return .int(at.load(as: Int64.self))
    case .u32: return .uint(UInt64(at.load(as: UInt32.self)))
    case .u64: return .uint(at.load(as: UInt64.self))
    case .f64: return .double(at.load(as: Double.self))
    case .string: return image.string(at.load(as: dk_str.self)).map { .string($0) }
    case .bytes:
      return image.text(of: at.load(as: dk_str.self)).map { .bytes($0.withUTF8 { Array($0) }) }
    case .span:
      return evidence(at.load(as: dk_span.self), document: document).map { .span($0) }
    case .ref:
      let reference = at.load(as: dk_ref.self)
      guard reference.row != 0, let type = schema[reference.type] else { return nil }
      return .reference(type: type.name, index: Int(reference.row) - 1)
    }
  }

  private func name(of field: FieldDescriptor, at: UnsafeRawPointer) -> Record.Value? {
    let number: Int64 =
      switch field.kind {
      case .i32: Int64(at.load(as: Int32.self))
      case .u32: Int64(at.load(as: UInt32.self))
      case .i64: at.load(as: Int64.self)
      default: Int64(truncatingIfNeeded: at.load(as: UInt64.self))
      }
    guard number != 0 else { return nil }
    guard let value = field.values.first(where: { $0.value == number }) else {
      return .int(number)
    }
    return .name(value.name, number)
  }

  private func evidence(_ span: dk_span, document: Int) -> Record.Evidence? {
    guard span.len != 0 else { return nil }
    let documents = image.documents
    let start = document < documents.count ? Int(documents[document].text.off) : 0
    let from = Int(span.off) - start
    return Record.Evidence(
      range: from..<from + Int(span.len), text: quote(span),
      source: lines.map { .init(line: $0.line(of: Int(span.off), from: start)) }
        ?? image.source(of: span))
  }

  /// What stands at a span, cut between characters where it is long.
  private func quote(_ span: dk_span) -> String {
    image.text(in: span).withUTF8 { text in
      guard text.count > Record.Evidence.longestText else {
        return String(decoding: text, as: UTF8.self)
      }
      var end = Record.Evidence.longestText
      while end > 0, text[end].continuesCharacter { end -= 1 }
      return String(decoding: text[..<end], as: UTF8.self)
    }
  }

  private func producer(_ run: UInt32) -> String {
    guard run > 0 else { return "" }
    let row: dk_run? = image.row(dk_ref(type: UInt32(DK_RUN), row: run))
    guard let row else { return "" }
    let plugin = image.string(row.plugin) ?? ""
    return image.string(row.version).map { "\(plugin) \($0)" } ?? plugin
  }

  private static func names(ofFlags flags: UInt32) -> [String] {
    let all = [
      (DK_ELIDED, "elided"), (DK_COREFERENT, "coreferent"), (DK_GENERIC, "generic"),
      (DK_DISTRIBUTIVE, "distributive"), (DK_DELTA, "delta"), (DK_APPROXIMATE, "approximate"),
      (DK_INFERRED, "inferred"), (DK_QUOTED, "quoted"),
    ]
    return all.filter { flags & UInt32($0.0) != 0 }.map(\.1)
  }
}
