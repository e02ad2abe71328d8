/// One call: the image to read, and where to append rows.
///
/// Lent for the length of the call, to the thread that runs it: keep neither the call nor its
/// image, documents, rows or texts.
public struct Call {
  private let pointer: UnsafeMutablePointer<dk_call>
  /// The documents and their records so far.
  public let image: Image

  init(_ pointer: UnsafeMutablePointer<dk_call>, image: UnsafePointer<dk_image>) {
    self.pointer = pointer
    self.image = Image(lent: image)
  }

  /// The documents to work on.
  public var documents: [Document] {
    image.documents.indices.map { Document(call: self, index: $0) }
  }

  /// Whether nobody waits for the call any more: stop soon.
  public var isCancelled: Bool { dk_cancelled(pointer) != 0 }

  /// When the call must have ended, in nanoseconds of CLOCK_MONOTONIC; `Int64.max` for never.
  public var deadlineNanoseconds: Int64 { pointer.pointee.deadline_ns }

  /// The value of a request header, by its lower-case name, as text.
  public func metadata(_ name: String) -> String? {
    metadata(bytes: name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of a request header, by its lower-case name, as bytes: of one whose name ends with `-bin`.
  public func metadata(bytes name: String) -> [UInt8]? {
    var at = UnsafeRawPointer(pointer.pointee.metadata)
    for _ in 0..<pointer.pointee.metadata_count {
      guard let entry = at?.load(as: dk_metadata.self) else { return nil }
      if String(cString: entry.name) == name {
        return Array(UnsafeRawBufferPointer(start: entry.value, count: Int(entry.value_len)))
      }
      at = at.map { $0 + Int(pointer.pointee.metadata_stride) }
    }
    return nil
  }

  /// Appends a row and returns a reference to it.
  ///
  /// Throws when the host's quota is used up or the method does not declare to write the type.
  @discardableResult
  @inlinable public func append<R: Row>(_ row: R) throws -> dk_ref {
    try withUnsafeBytes(of: row) { try append($0, of: R.typeID) }
  }

  /// Appends a row of a type from its bytes.
  @usableFromInline func append(_ row: UnsafeRawBufferPointer, of type: UInt32) throws -> dk_ref {
    var reference = dk_ref()
    guard let memory = pointer.pointee.append(pointer, type, 1, &reference),
      let bytes = row.baseAddress
    else { throw CallHasFailed() }
    memory.copyMemory(from: bytes, byteCount: row.count)
    return reference
  }

  /// Bytes of the longest string of a row; only `duikou.content` may hold more. A host refuses all rows of a call
  /// where one does.
  public static let longestString = RowChecker.longestString

  /// Puts a string into the response's pool. A string of the image may be used as it is.
  ///
  /// Throws `resourceExhausted` when it has more than `longestString` bytes.
  public func intern(_ string: String) throws -> dk_str {
    var string = string
    return try string.withUTF8 { bytes in
      guard bytes.count <= Self.longestString else {
        throw DuikouError(
          .resourceExhausted,
          "a string of \(bytes.count) bytes is too long for a row; cut it to \(Self.longestString)")
      }
      return try intern(bytes: UnsafeRawBufferPointer(bytes))
    }
  }

  /// Puts bytes of any length into the response's pool.
  public func intern(bytes: UnsafeRawBufferPointer) throws -> dk_str {
    guard bytes.count <= Int(UInt32.max) else {
      throw DuikouError(.resourceExhausted, "a string of \(bytes.count) bytes is too long")
    }
    let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    let result = pointer.pointee.intern(pointer, start, UInt32(bytes.count))
    guard result.off != 0 else { throw CallHasFailed() }
    return result
  }

  /// Hands over the rows so far and waits until the receiver has taken them.
  public func flush() throws {
    guard pointer.pointee.flush(pointer) == DK_OK else { throw CallHasFailed() }
  }

  /// Tells how far the call is.
  public func progress(_ done: Int, of total: Int) {
    pointer.pointee.progress(pointer, UInt64(clamping: done), UInt64(clamping: total))
  }

  /// Sends a trailer to the client behind the rows, when the call goes well.
  ///
  /// The name has a–z, 0–9, `-`, `_` and `.`; the value is printable ASCII, or any text where the name ends
  /// with `-bin`. All of a call take at most 4096 bytes, 8 for each included. Throws when that is exceeded,
  /// or when gRPC does not allow the name or value.
  public func trailer(_ name: String, _ value: String) throws {
    var value = value
    let status = value.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        pointer.pointee.trailer(pointer, name, $0.baseAddress, UInt32(clamping: $0.count))
      }
    }
    guard status == DK_OK else { throw CallHasFailed() }
  }

  /// Appends text to a report.
  public func write(_ text: String) throws {
    var text = text
    var content = dk_content()
    content.bytes = try text.withUTF8 { try intern(bytes: UnsafeRawBufferPointer($0)) }
    try append(content)
  }
}

/// The host has recorded why the call fails; the method only has to end.
struct CallHasFailed: Error {}
