import CDuikou

extension Image {
  /// Copies and checks an image that comes from outside: a file, a database, another process.
  ///
  /// Throws `dataLoss` with a sentence that says what is wrong: sections out of place or
  /// overlapping, rows of a wrong size, spans or strings beyond their section or within a
  /// character, references to rows that do not exist, presence bits of unknown fields. Never
  /// crashes on any bytes. `look` is called now and then, and may throw to end it.
  public init(
    validating bytes: UnsafeRawBufferPointer, schema: Schema,
    look: () throws(DuikouError) -> Void = {}
  ) throws(DuikouError) {
    guard bytes.count <= Int(UInt32.max) else {
      throw DuikouError(.dataLoss, "not an image: \(bytes.count) bytes are more than 4 GiB")
    }
    let memory = ImageStorage.allocate(bytes.count)
    memory.copyMemory(from: bytes)
    let storage = ImageStorage(owning: memory)
    try Self.checkStructure(UnsafeRawBufferPointer(memory))
    let image = Image(trusting: storage)
    try image.checkContents(schema: schema, look: look)
    self = image
  }

  /// Copies and checks an image that comes from outside.
  public init(
    validating bytes: [UInt8], schema: Schema, look: () throws(DuikouError) -> Void = {}
  ) throws(DuikouError) {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(DuikouError) in
        try Image(validating: buffer, schema: schema, look: look)
      }
    }
    self = try result.get()
  }

  /// Checks what an image says whose parts are known to lie in their places. Throws `dataLoss`.
  package init(
    checking storage: ImageStorage, schema: Schema,
    look: () throws(DuikouError) -> Void = {}
  ) throws(DuikouError) {
    let image = Image(trusting: storage)
    try image.checkContents(schema: schema, look: look)
    self = image
  }

  /// Checks where things lie, so that they can be read at all.
  private static func checkStructure(_ bytes: UnsafeRawBufferPointer) throws(DuikouError) {
    func refuse(_ reason: String) -> DuikouError {
      DuikouError(.dataLoss, "not an image: \(reason)")
    }

    let headerSize = MemoryLayout<dk_image>.size
    guard bytes.count >= headerSize, let base = bytes.baseAddress else {
      throw refuse("it has \(bytes.count) bytes; the header alone has \(headerSize)")
    }
    let header = base.load(as: dk_image.self)
    guard header.magic == DK_IMAGE_MAGIC else { throw refuse("it does not begin with DKI1") }
    guard header.size == UInt64(bytes.count) else {
      throw refuse("it says that it has \(header.size) bytes, but there are \(bytes.count)")
    }
    guard header.table_count <= 1 << 16, header.table_stride % 8 == 0,
      header.table_stride >= UInt32(MemoryLayout<dk_table>.size), header.table_stride <= 1 << 12
    else { throw refuse("its table directory has a wrong stride or too many tables") }

    guard header.pool_size > 0 else { throw refuse("its pool lacks the unused first byte") }
    var sections = SectionList(size: bytes.count)
    try sections.add("header", 0, UInt64(headerSize))
    try sections.add(
      "table directory", header.tables_off,
      UInt64(header.table_count) * UInt64(header.table_stride))
    try sections.add("pool", header.pool_off, header.pool_size)
    try sections.add("text", header.text_off, header.text_size)
    var types = Set<UInt32>()
    for index in 0..<Int(header.table_count) {
      let at = Int(header.tables_off) + index * Int(header.table_stride)
      let table = base.load(fromByteOffset: at, as: dk_table.self)
      guard table.row_size % 8 == 0, table.row_size >= UInt32(MemoryLayout<dk_row>.size) else {
        throw refuse("table \(hexadecimal(table.type)) has rows of \(table.row_size) bytes")
      }
      guard table.type != 0, types.insert(table.type).inserted else {
        throw refuse("there are two tables of type \(hexadecimal(table.type))")
      }
      try sections.add(
        "table \(hexadecimal(table.type))", table.rows_off,
        UInt64(table.row_size) * UInt64(table.row_count))
    }
    try sections.checkOverlaps()
  }

  /// Checks what the rows say.
  private func checkContents(
    schema: Schema, look: () throws(DuikouError) -> Void
  ) throws(DuikouError) {
    defer { withExtendedLifetime(storage) {} }
    guard isUTF8(textBytes) else {
      throw DuikouError(.dataLoss, "not an image: its text is not UTF-8")
    }
    let checker = RowChecker(
      schema: schema, text: textBytes, pool: DeferredPoolText(pool),
      counts: Dictionary(tables.map { ($0.type, $0.count) }) { first, _ in first })
    for table in tables {
      try checker.check(
        rows: storage.base + table.offset, stride: table.rowSize, count: table.count,
        type: table.type, look: look)
    }
  }
}

/// The sections of an image: within its bytes, aligned, none over another.
private struct SectionList {
  private struct Section {
    var name: String
    var start: UInt64
    var end: UInt64
  }

  private let size: UInt64
  private var sections: [Section] = []

  init(size: Int) { self.size = UInt64(size) }

  mutating func add(_ name: String, _ start: UInt64, _ length: UInt64) throws(DuikouError) {
    guard start <= size, length <= size - start, start % 8 == 0 else {
      throw DuikouError(
        .dataLoss,
        "not an image: its \(name) at byte \(start) with \(length) bytes does not lie within it")
    }
    guard length > 0 else { return }
    sections.append(Section(name: name, start: start, end: start + length))
  }

  func checkOverlaps() throws(DuikouError) {
    let sorted = sections.sorted { $0.start < $1.start }
    for (section, next) in zip(sorted, sorted.dropFirst()) where section.end > next.start {
      throw DuikouError(
        .dataLoss, "not an image: its \(section.name) and its \(next.name) overlap")
    }
  }
}
