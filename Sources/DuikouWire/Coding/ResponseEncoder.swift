import CDuikou
import DuikouModel

/// Turns rows that a method has appended into messages, without anything in between.
public struct ResponseEncoder: Sendable {
  /// What a response consists of.
  enum Shape: Sendable {
    /// One row; when streaming, a message for each.
    case row(RowPlan)
    /// Tables, by type, with the numbers of their fields.
    case tables([UInt32: (number: UInt32, plan: RowPlan)])
  }

  let shape: Shape

  /// The messages for rows that were flushed, in order. `image` is what the method was given. Calls
  /// `send` with each, whose bytes are good until it returns.
  public func encode<Failure: Error>(
    _ delta: Delta, over image: Image, _ send: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    defer { withExtendedLifetime((delta, image)) {} }
    switch shape {
    case .row(let plan):
      for segment in delta.segments where segment.type == plan.type.id {
        let encoder = RowEncoder(plan: plan, strings: .init(delta, over: image))
        for index in 0..<segment.count {
          var writer = WireWriter(capacity: 256)
          encoder.write(
            delta.row(index, of: segment), stride: segment.rowSize, to: &writer)
          try writer.withBytes(send)
        }
      }
    case .tables:
      try encodeTables([delta], over: image).withBytes(send)
    }
  }

  /// The one message of a call that has ended.
  ///
  /// Throws `internalError` where the method owes one row and has given another number of them.
  public func encode<Result>(
    _ deltas: [Delta], over image: Image, _ body: (UnsafeRawBufferPointer) -> Result
  ) throws(DuikouError) -> Result {
    defer { withExtendedLifetime((deltas, image)) {} }
    guard case .row(let plan) = shape else {
      return encodeTables(deltas, over: image).withBytes(body)
    }
    let count = deltas.reduce(0) { $0 + $1.count(of: plan.type.id) }
    guard count == 1 else {
      throw DuikouError(
        .internalError,
        "the plugin owes one row of \(plan.type.name) and gave \(count): tell its author")
    }
    var result: Result?
    for delta in deltas { encode(delta, over: image) { result = body($0) } }
    guard let result else { throw DuikouError(.internalError, "a row was lost") }
    return result
  }

  private func encodeTables(_ deltas: [Delta], over image: Image) -> WireWriter {
    guard case .tables(let tables) = shape else { return WireWriter(capacity: 0) }
    var writer = WireWriter(capacity: deltas.reduce(256) { $0 + $1.byteCount })
    for delta in deltas {
      let strings = RowEncoder.Strings(delta, over: image)
      for segment in delta.segments {
        guard let (number, plan) = tables[segment.type] else { continue }
        let encoder = RowEncoder(plan: plan, strings: strings)
        let tag = UInt64(number) << 3 | UInt64(WireReader.WireType.lengthDelimited.rawValue)
        for index in 0..<segment.count {
          writer.reserve(16)
          writer.varint(tag)
          let start = writer.beginMessage()
          encoder.write(delta.row(index, of: segment), stride: segment.rowSize, to: &writer)
          writer.endMessage(start)
        }
      }
    }
    return writer
  }
}

extension RowEncoder.Strings {
  fileprivate init(_ delta: Delta, over image: Image) {
    self.init(old: image.pool, new: delta.pool, newStart: delta.poolBase)
  }
}

extension Delta {
  fileprivate func row(_ index: Int, of segment: Segment) -> UnsafeRawPointer {
    storage.base + segment.offset + index * segment.rowSize
  }
}
