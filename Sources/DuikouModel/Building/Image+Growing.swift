import CDuikou

extension Image {
  /// What one method added to an image, and the run that says so.
  public struct Contribution: Sendable {
    public var deltas: [Delta]
    public var run: Run

    public init(deltas: [Delta], run: Run) {
      self.deltas = deltas
      self.run = run
    }
  }

  /// What `duikou.run` says of a method's run.
  public struct Run: Sendable, Hashable {
    public var plugin: String
    public var version: String
    public var method: String
    public var status: StatusCode
    public var message: String
    public var elapsedNanoseconds: UInt64

    public init(
      plugin: String, version: String, method: String, status: StatusCode, message: String,
      elapsedNanoseconds: UInt64
    ) {
      self.plugin = plugin
      self.version = version
      self.method = method
      self.status = status
      self.message = message
      self.elapsedNanoseconds = elapsedNanoseconds
    }
  }

  /// A new image: this one, and behind its rows those that methods appended to it.
  ///
  /// Each contribution continues this image as if it were the only one, so the second and later
  /// ones move behind the first. Of several documents, a row that names none is of the one in which it was read.
  public func extended(
    by contributions: [Contribution], schema: Schema, rowSizes: [UInt32: Int] = [:]
  ) throws(DuikouError) -> Image {
    defer { withExtendedLifetime((storage, contributions)) {} }
    var assembler = ImageAssembler(schema: schema, rowSizes: rowSizes)
    for table in tables {
      assembler.add(piece(of: table, relocation: nil), of: table.type)
    }
    try assembler.addPool(pool)
    try assembler.addText(textBytes)

    let firstRun = count(of: UInt32(DK_RUN))
    let texts = documents.count > 1 ? documents.map(\.text) : []
    var strings = 0
    for (index, contribution) in contributions.enumerated() {
      var relocation = Relocation()
      relocation.poolFloor = UInt32(pool.count)
      relocation.poolShift = UInt32(strings)
      relocation.run = UInt32(firstRun + index + 1)
      relocation.texts = texts
      for type in Set(contribution.deltas.flatMap { $0.segments.map(\.type) })
      where schema[type] != nil {
        let floor = count(of: type)
        relocation.rows[type] = (UInt32(floor), UInt32(assembler.count(of: type) - floor))
      }
      for delta in contribution.deltas {
        for segment in delta.segments {
          assembler.add(
            .init(
              rows: delta.storage.base + segment.offset, stride: segment.rowSize,
              count: segment.count, relocation: relocation, owner: delta.storage),
            of: segment.type)
        }
        try assembler.addPool(delta.pool)
        strings += delta.poolSize
      }
    }
    let runs = try Self.runs(of: contributions)
    for table in runs.tables {
      var relocation = Relocation()
      relocation.poolFloor = 1
      relocation.poolShift = UInt32(assembler.poolSize - 1)
      assembler.add(runs.piece(of: table, relocation: relocation), of: table.type)
    }
    try assembler.addPool(UnsafeRawBufferPointer(rebasing: runs.pool.dropFirst()))
    defer { withExtendedLifetime(runs.storage) {} }
    return try assembler.assemble()
  }

  /// Bytes of a run's message that are kept: far below what a row's string may have.
  private static let longestMessage = 4096

  /// An image with nothing but the runs.
  private static func runs(of contributions: [Contribution]) throws(DuikouError) -> Image {
    var builder = ImageBuilder()
    for contribution in contributions {
      let run = contribution.run
      var row = dk_run()
      row.plugin = builder.intern(run.plugin)
      row.version = builder.intern(run.version)
      row.method = builder.intern(run.method)
      if !run.message.isEmpty {
        row.message = builder.intern(run.message.prefix(utf8: longestMessage))
      }
      row.status = run.status.rawValue
      row.rows = UInt32(contribution.deltas.reduce(0) { $0 + $1.rowCount })
      row.elapsed_ns = run.elapsedNanoseconds
      for number in 5...7 { row.state(number) }
      builder.append(row)
    }
    return try builder.build()
  }

  /// One image that holds the documents of all of these, in their order. Between their texts stands a line feed, so that
  /// nothing is read across them.
  public static func concatenating(
    _ images: [Image], schema: Schema, rowSizes: [UInt32: Int] = [:]
  ) throws(DuikouError) -> Image {
    defer { withExtendedLifetime(images) {} }
    var assembler = ImageAssembler(schema: schema, rowSizes: rowSizes)
    for (index, image) in images.enumerated() {
      if index > 0 { try assembler.addText(Self.lineFeed) }
      var relocation = Relocation()
      relocation.textShift = UInt32(assembler.textSize)
      relocation.poolFloor = 1
      // The first pool brings the unused byte, which the later ones leave out.
      relocation.poolShift = index == 0 ? 0 : UInt32(assembler.poolSize - 1)
      relocation.firstDocument = UInt32(assembler.count(of: UInt32(DK_DOCUMENT)))
      for table in image.tables {
        relocation.rows[table.type] = (0, UInt32(assembler.count(of: table.type)))
      }
      for table in image.tables {
        assembler.add(image.piece(of: table, relocation: relocation), of: table.type)
      }
      try assembler.addPool(
        index == 0 ? image.pool : UnsafeRawBufferPointer(rebasing: image.pool.dropFirst()))
      try assembler.addText(image.textBytes)
    }
    return try assembler.assemble()
  }

  private nonisolated(unsafe) static let lineFeed: UnsafeRawBufferPointer = {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    memory[0] = 0x0a
    return UnsafeRawBufferPointer(memory)
  }()

  private func piece(of table: Table, relocation: Relocation?) -> ImageAssembler.Piece {
    .init(
      rows: storage.base + table.offset, stride: table.rowSize, count: table.count,
      relocation: relocation, owner: storage)
  }

  package var pool: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: storage.base + Int(header.pool_off), count: Int(header.pool_size))
  }

  package var textBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: storage.base + Int(header.text_off), count: Int(header.text_size))
  }
}
