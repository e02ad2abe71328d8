import CDuikou

/// A flat image of documents and their records: text, tables of rows, and a pool of strings.
///
/// Reading copies neither rows nor strings. An image is immutable and keeps its memory alive;
/// only an image made with `init(lent:)` must not outlive the call it was lent for.
public struct Image: Sendable {
  package let storage: ImageStorage
  let header: dk_image
  /// The tables, in the order of the directory.
  public let tables: [Table]

  /// Where the rows of one type lie.
  public struct Table: Sendable, Hashable {
    public let type: UInt32
    /// Bytes from one row to the next.
    public let rowSize: Int
    public let count: Int
    /// Bytes from the image's start.
    package let offset: Int
  }

  /// Reads an image that is known to be sound, from memory it keeps alive.
  init(trusting storage: ImageStorage) {
    self.storage = storage
    let header = storage.base.load(as: dk_image.self)
    self.header = header
    tables = (0..<Int(header.table_count)).map { index in
      let at = Int(header.tables_off) + index * Int(header.table_stride)
      let table = storage.base.load(fromByteOffset: at, as: dk_table.self)
      return Table(
        type: table.type, rowSize: Int(table.row_size), count: Int(table.row_count),
        offset: Int(table.rows_off))
    }
  }

  /// Reads the image that a host lends to a plugin, for the length of the call.
  public init(lent pointer: UnsafePointer<dk_image>) {
    self.init(
      trusting: ImageStorage(lent: UnsafeRawPointer(pointer), size: Int(pointer.pointee.size)))
  }

  /// Bytes of the whole image.
  public var size: Int { storage.size }

  /// Calls `body` with the image's bytes, which begin with its `dk_image`.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeRawBufferPointer(start: storage.base, count: storage.size))
  }

  /// The table of a type, or nil.
  public func table(_ type: UInt32) -> Table? {
    tables.first { $0.type == type }
  }

  /// How many rows of a type there are.
  public func count(of type: UInt32) -> Int {
    table(type)?.count ?? 0
  }

  /// The rows of a type; none where the image has no such table.
  public func rows<R: Row>(_ type: R.Type = R.self) -> Rows<R> {
    Rows(storage: storage, table: table(R.typeID))
  }

  /// The row that a reference names, or nil where it is absent or of another type.
  public func row<R: Row>(_ reference: dk_ref, as type: R.Type = R.self) -> R? {
    guard reference.row > 0, reference.type == R.typeID else { return nil }
    let rows = rows(R.self)
    let index = Int(reference.row) - 1
    return index < rows.count ? rows[index] : nil
  }

  /// The whole text section.
  public var text: ImageText {
    ImageText(storage: storage, offset: Int(header.text_off), count: Int(header.text_size))
  }

  /// A piece of the text; empty where the span is absent.
  public func text(in span: dk_span) -> ImageText {
    ImageText(
      storage: storage, offset: Int(header.text_off) + Int(span.off), count: Int(span.len))
  }

  /// A string or bytes of the pool; nil where it is absent.
  public func text(of string: dk_str) -> ImageText? {
    guard string.off != 0 else { return nil }
    return ImageText(
      storage: storage, offset: Int(header.pool_off) + Int(string.off), count: Int(string.len))
  }

  /// A copy of a string of the pool; nil where it is absent.
  public func string(_ string: dk_str) -> String? {
    text(of: string).map(String.init)
  }

  /// The documents, one row each.
  public var documents: Rows<dk_document> { rows() }
}
