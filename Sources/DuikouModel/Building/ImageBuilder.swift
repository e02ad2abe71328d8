import CDuikou

/// Builds an image from Swift: documents for a call, samples for tests.
///
/// Strings that are interned more than once are kept once.
public struct ImageBuilder {
  private let schema: Schema
  private let rowSizes: [UInt32: Int]
  private var tables: [(type: UInt32, stride: Int, count: Int, bytes: [UInt8])] = []
  private var pool: [UInt8] = [0]
  private var interned: [String: dk_str] = [:]
  private var text: [UInt8] = []

  /// `rowSizes` asks for tables of some types, be they empty, with rows at least that long.
  public init(schema: Schema = .domain, rowSizes: [UInt32: Int] = [:]) {
    self.schema = schema
    self.rowSizes = rowSizes
  }

  /// Appends UTF-8 to the text section and returns where it lies.
  public mutating func append(text bytes: some Collection<UInt8>) -> dk_span {
    let span = dk_span(off: UInt32(text.count), len: UInt32(bytes.count))
    text.append(contentsOf: bytes)
    return span
  }

  /// Puts a string into the pool.
  public mutating func intern(_ string: String) -> dk_str {
    if let known = interned[string] { return known }
    let new = intern(bytes: string.utf8)
    interned[string] = new
    return new
  }

  /// Puts bytes into the pool.
  public mutating func intern(bytes: some Collection<UInt8>) -> dk_str {
    defer { pool.append(contentsOf: bytes) }
    return dk_str(off: UInt32(pool.count), len: UInt32(bytes.count))
  }

  /// Appends a row to its table and returns a reference to it.
  @discardableResult
  public mutating func append<R: Row>(_ row: R) -> dk_ref {
    withUnsafeBytes(of: row) { append($0, stride: R.rowSize, to: R.typeID) }
  }

  /// Appends a row of a type that is known by its description: the row's bytes, its `dk_row` included.
  /// Bytes that are missing at the end are zero, and those behind the type's size are left out.
  @discardableResult
  public mutating func append(row bytes: [UInt8], of type: TypeDescriptor) -> dk_ref {
    bytes.withUnsafeBytes { append($0, stride: type.size, to: type.id) }
  }

  private mutating func append(
    _ row: UnsafeRawBufferPointer, stride: Int, to type: UInt32
  ) -> dk_ref {
    let index =
      tables.firstIndex { $0.type == type }
      ?? {
        tables.append((type, stride, 0, []))
        return tables.count - 1
      }()
    let known = row.prefix(stride)
    tables[index].count += 1
    tables[index].bytes.append(contentsOf: known)
    tables[index].bytes.append(contentsOf: repeatElement(0, count: stride - known.count))
    return dk_ref(type: type, row: UInt32(tables[index].count))
  }

  /// Appends a document with its text, and returns a reference to it.
  @discardableResult
  public mutating func append(
    document text: some Collection<UInt8>, uri: String, title: String, sha256: String = "",
    published: CivilDate? = nil
  ) -> dk_ref {
    var document = dk_document()
    document.text = append(text: text)
    document.uri = intern(uri)
    document.title = intern(title)
    if !sha256.isEmpty { document.sha256 = intern(sha256) }
    if let published { document.state(published: published) }
    return append(document)
  }

  /// Makes the image. What was appended is not checked; see `Image.init(validating:schema:)`.
  public func build() throws(DuikouError) -> Image {
    var assembler = ImageAssembler(schema: schema, rowSizes: rowSizes)
    // Arrays of bytes are 16-byte aligned by the runtime, but nothing promises it: copy by bytes.
    let copies = tables.map { ($0.type, $0.stride, $0.count, ByteBox($0.bytes)) }
    let poolBox = ByteBox(pool)
    let textBox = ByteBox(text)
    for (type, stride, count, box) in copies {
      assembler.add(
        .init(rows: box.start, stride: stride, count: count, relocation: nil, owner: box),
        of: type)
    }
    defer { withExtendedLifetime((poolBox, textBox)) {} }
    try assembler.addPool(poolBox.bytes)
    try assembler.addText(textBox.bytes)
    return try assembler.assemble()
  }
}

/// Bytes at a fixed address for as long as the box lives.
private final class ByteBox {
  let bytes: UnsafeRawBufferPointer
  var start: UnsafeRawPointer { bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 8)! }

  init(_ array: [UInt8]) {
    let memory = ImageStorage.allocate(max(array.count, 1))
    memory.copyBytes(from: array)
    bytes = UnsafeRawBufferPointer(rebasing: memory[..<array.count])
  }

  deinit { bytes.baseAddress?.deallocate() }
}
