import CDuikou
import DuikouModel

/// Turns a request's bytes into the image that a method is given, without anything in between.
public struct RequestDecoder: Sendable {
  /// What a request consists of.
  enum Shape: Sendable {
    /// One row.
    case row(RowPlan)
    /// A text, and tables by the numbers of their fields.
    case tables([UInt32: RowPlan])
  }

  let shape: Shape
  /// By type: bytes of a row in the image. All of these tables are there, be they empty.
  let rowSizes: [UInt32: Int]
  let schema: Schema

  /// A request of tables has a text and documents; one without documents has the text as its only
  /// one.
  ///
  /// Throws `invalidArgument` with what is wrong and where, `resourceExhausted` when the image would
  /// have more than `limit` bytes.
  public func decode(
    _ bytes: UnsafeRawBufferPointer, limit: Int = Int(UInt32.max)
  ) throws(DuikouError) -> Image {
    let contents: Contents
    do throws(WireReader.Flaw) {
      contents = try count(bytes)
    } catch {
      throw Self.refusal(error)
    }
    var filler = try ImageFiller(contents, rowSizes: rowSizes, limit: limit)
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
    /// Rows by type.
    var counts: [UInt32: Int] = [:]
    var text = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Bytes that strings have at most.
    var strings = 0
    /// Whether the text is a document that nobody has described.
    var needsDocument = false
  }

  private func count(_ bytes: UnsafeRawBufferPointer) throws(WireReader.Flaw) -> Contents {
    var contents = Contents()
    switch shape {
    case .row(let plan):
      contents.counts[plan.type.id] = 1
      contents.strings = bytes.count
    case .tables(let plans):
      var reader = WireReader(bytes)
      while !reader.isAtEnd {
        let tag = try reader.tag()
        if tag.type == .lengthDelimited, let plan = plans[tag.number] {
          contents.counts[plan.type.id, default: 0] += 1
          contents.strings += try reader.bytes().count
        } else if tag.type == .lengthDelimited, tag.number == ProtoName.textNumber {
          contents.text = try reader.bytes()
        } else {
          try reader.skip(tag)
        }
      }
      contents.needsDocument = contents.counts[UInt32(DK_DOCUMENT)] == nil
      if contents.needsDocument { contents.counts[UInt32(DK_DOCUMENT)] = 1 }
    }
    return contents
  }

  private func fill(
    _ filler: inout ImageFiller, from bytes: UnsafeRawBufferPointer
  ) throws(WireReader.Flaw) {
    var reader = WireReader(bytes)
    switch shape {
    case .row(let plan):
      try RowDecoder(plan: plan).decode(
        reader, into: filler.nextRow(of: plan.type.id), &filler.pool)
    case .tables(let plans):
      while !reader.isAtEnd {
        let tag = try reader.tag()
        guard tag.type == .lengthDelimited, let plan = plans[tag.number] else {
          try reader.skip(tag)
          continue
        }
        let message = try reader.message()
        try RowDecoder(plan: plan).decode(
          message, into: filler.nextRow(of: plan.type.id), &filler.pool)
      }
    }
  }
}
