import CDuikou
import DuikouModel

/// Turns a request's bytes into the image that a method is given, without anything in between.
public struct RequestDecoder: Sendable {
  /// A table of the image that is made.
  struct Table: Sendable {
    let plan: RowPlan
    /// The number of the field that its rows stand in.
    let number: UInt32
    /// Bytes of a row in the image.
    let rowSize: Int
  }

  /// All are in the image, be they empty.
  let tables: [Table]
  /// Whether a request is one row, of the only table.
  let isRow: Bool
  let schema: Schema

  /// A request of tables has a text and documents; one without documents has the text as its only
  /// one.
  ///
  /// `reserve` is asked for the image's bytes before they are allocated. Throws `invalidArgument` with
  /// what is wrong and where, `resourceExhausted` when the image would have more than `limit` bytes, or
  /// what `reserve` throws.
  public func decode(
    _ bytes: UnsafeRawBufferPointer, limit: Int = Int(UInt32.max),
    reserve: (Int) throws(DuikouError) -> Void = { (_) throws(DuikouError) in }
  ) throws(DuikouError) -> Image {
    let contents: Contents
    do throws(WireReader.Flaw) {
      contents = try count(bytes)
    } catch {
      throw Self.refusal(error)
    }
    var filler = try ImageFiller(contents, tables, limit: limit, reserve: reserve)
    do throws(WireReader.Flaw) {
      try fill(&filler, from: bytes)
    } catch {
      filler.discard()
      throw Self.refusal(error)
    }
    do throws(DuikouError) {
      return try Image(checking: filler.finish(), schema: schema)
    } catch {
      throw DuikouError(.invalidArgument, "the request is refused: \(error.message)")
    }
  }

  private static func refusal(_ flaw: WireReader.Flaw) -> DuikouError {
    DuikouError(
      .invalidArgument, "the request is no message: \(flaw.reason), at byte \(flaw.offset)")
  }

  /// How much of everything there is.
  struct Contents {
    /// Rows of each table.
    var counts: [Int]
    var text = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Bytes that strings have at most.
    var strings = 0
    /// The table of documents, where the text is a document that nobody has described.
    var undescribed: Int?
  }

  private func count(_ bytes: UnsafeRawBufferPointer) throws(WireReader.Flaw) -> Contents {
    var contents = Contents(counts: [Int](repeating: 0, count: tables.count))
    guard !isRow else {
      contents.counts[0] = 1
      contents.strings = bytes.count
      return contents
    }
    var reader = WireReader(bytes)
    var last = 0
    while !reader.isAtEnd {
      let tag = try reader.tag()
      if tag.type == .lengthDelimited, let table = index(of: tag.number, guess: last) {
        last = table
        contents.counts[table] += 1
        contents.strings += try reader.bytes().count
      } else if tag.type == .lengthDelimited, tag.number == ProtoName.textNumber {
        contents.text = try reader.bytes()
      } else {
        try reader.skip(tag)
      }
    }
    let documents = tables.firstIndex { $0.plan.type.id == UInt32(DK_DOCUMENT) }
    if let documents, contents.counts[documents] == 0 {
      contents.counts[documents] = 1
      contents.undescribed = documents
    }
    return contents
  }

  private func fill(
    _ filler: inout ImageFiller, from bytes: UnsafeRawBufferPointer
  ) throws(WireReader.Flaw) {
    var reader = WireReader(bytes)
    guard !isRow else {
      return try RowDecoder.decode(
        reader, by: tables[0].plan, into: filler.nextRow(of: 0), &filler.pool)
    }
    var last = 0
    while !reader.isAtEnd {
      let tag = try reader.tag()
      guard tag.type == .lengthDelimited, let table = index(of: tag.number, guess: last) else {
        try reader.skip(tag)
        continue
      }
      last = table
      try RowDecoder.decode(
        try reader.message(), by: tables[table].plan, into: filler.nextRow(of: table),
        &filler.pool)
    }
  }

  /// The table of a field; most rows stand behind one of their own kind.
  @inline(__always)
  private func index(of number: UInt32, guess: Int) -> Int? {
    if tables[guess].number == number { return guess }
    return tables.firstIndex { $0.number == number }
  }
}
