import CDuikou

/// Takes an image of many documents apart.
struct ImageSplitter {
  private let image: Image
  private let schema: Schema
  private let rowSizes: [UInt32: Int]
  /// In the order of the image's tables.
  private var owners: [RowOwners] = []
  /// By type, where its owners are.
  private var indices: [UInt32: Int] = [:]
  private var strings: StringMover

  /// Returns nil where a row belongs to no document.
  init?(_ image: Image, schema: Schema, rowSizes: [UInt32: Int]) {
    self.image = image
    self.schema = schema
    self.rowSizes = rowSizes
    strings = StringMover(image.pool)
    for table in image.tables {
      guard let type = schema[table.type] else { continue }
      guard let own = RowOwners(of: table, type, in: image) else { return nil }
      indices[table.type] = owners.count
      owners.append(own)
    }
  }

  /// The image of a document; nil where a row of it points at another document's, or its strings overlap too much.
  mutating func image(of document: Int) throws(DuikouError) -> Image? {
    var assembler = ImageAssembler(schema: schema, rowSizes: rowSizes)
    strings.begin()
    /// By number of the run in the new image.
    var rowsOfRuns: [UInt32: UInt32] = [:]
    var runs: UnsafeMutableRawBufferPointer?
    for own in owners {
      let rows = own.rows[document] + own.shared
      let bytes = min(own.table.rowSize, own.type.size)
      let memory = ImageStorage.allocate(max(rows.count * bytes, 8))
      let owner = ImageStorage(owning: memory)
      guard let base = memory.baseAddress else {
        throw DuikouError(.resourceExhausted, "no memory for \(rows.count) rows")
      }
      for (index, row) in rows.enumerated() {
        let to = base + index * bytes
        to.copyMemory(
          from: image.storage.base + own.table.offset + row * own.table.rowSize, byteCount: bytes)
        guard move(to, own.type, bytes, to: document) else { return nil }
        rowsOfRuns[to.assumingMemoryBound(to: dk_row.self).pointee.run, default: 0] += 1
      }
      if own.table.type == dk_run.typeID { runs = .init(start: base, count: rows.count * bytes) }
      assembler.add(
        .init(rows: base, stride: bytes, count: rows.count, relocation: nil, owner: owner),
        of: own.table.type)
    }
    if let runs { shareRuns(runs, document, rowsOfRuns) }
    return try strings.withPool { pool throws(DuikouError) in
      try assembler.addPool(pool)
      try assembler.addText(textBytes(of: document))
      return try assembler.assemble()
    }
  }

  private func textBytes(of document: Int) -> UnsafeRawBufferPointer {
    let text = image.documents[document].text
    let start = Int(text.off)
    return UnsafeRawBufferPointer(rebasing: image.textBytes[start..<start + Int(text.len)])
  }

  /// Notes in the runs over all documents what they did in one.
  private func shareRuns(
    _ rows: UnsafeMutableRawBufferPointer, _ document: Int, _ counts: [UInt32: UInt32]
  ) {
    guard let index = indices[dk_run.typeID], !owners[index].shared.isEmpty,
      owners[index].table.rowSize >= MemoryLayout<dk_run>.size, let base = rows.baseAddress
    else { return }
    let own = owners[index]
    let all = image.documents.reduce(0) { $0 + Int($1.text.len) }
    let share = Double(image.documents[document].text.len) / Double(max(1, all))
    let stride = rows.count / (own.rows[document].count + own.shared.count)
    for number in own.rows[document].count..<own.rows[document].count + own.shared.count {
      let run = (base + number * stride).assumingMemoryBound(to: dk_run.self)
      run.pointee.rows = counts[UInt32(number) + 1] ?? 0
      run.pointee.elapsed_ns = UInt64(Double(run.pointee.elapsed_ns) * share)
    }
  }

  /// Changes a row of `bytes` bytes from what it says in the image of all documents to what it says in that of one.
  /// Returns false where it points at another document's row or text, or has strings that are too long together.
  private mutating func move(
    _ row: UnsafeMutableRawPointer, _ type: TypeDescriptor, _ bytes: Int, to document: Int
  ) -> Bool {
    let text = image.documents[document].text
    guard moveHeader(row.assumingMemoryBound(to: dk_row.self), document, text) else { return false }
    for field in type.fields where field.offset + field.kind.size <= bytes {
      let at = row + field.offset
      switch field.kind {
      case .string, .bytes:
        let string = at.assumingMemoryBound(to: dk_str.self)
        guard let moved = strings.move(string.pointee) else { return false }
        string.pointee = moved
      case .span:
        guard Self.move(&at.assumingMemoryBound(to: dk_span.self).pointee, text) else {
          return false
        }
      case .ref:
        let reference = at.assumingMemoryBound(to: dk_ref.self)
        guard reference.pointee.row != 0 else { continue }
        guard
          let number = number(of: reference.pointee.row, reference.pointee.type, in: document)
        else { return false }
        reference.pointee.row = number
      case .i32, .i64, .u32, .u64, .f64:
        continue
      }
    }
    return true
  }

  private func moveHeader(
    _ row: UnsafeMutablePointer<dk_row>, _ document: Int, _ text: dk_span
  ) -> Bool {
    guard Self.move(&row.pointee.evidence, text) else { return false }
    if row.pointee.document != 0 { row.pointee.document = 1 }
    guard row.pointee.run != 0 else { return true }
    guard let run = number(of: row.pointee.run, dk_run.typeID, in: document) else { return false }
    row.pointee.run = run
    return true
  }

  private static func move(_ span: inout dk_span, _ text: dk_span) -> Bool {
    guard span.len != 0 else { return true }
    guard span.off >= text.off, Int(span.off) + Int(span.len) <= Int(text.off) + Int(text.len)
    else { return false }
    span.off -= text.off
    return true
  }

  private func number(of row: UInt32, _ type: UInt32, in document: Int) -> UInt32? {
    indices[type].flatMap { owners[$0].number(of: row, in: document) }
  }
}
