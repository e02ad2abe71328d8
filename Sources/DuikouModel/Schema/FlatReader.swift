/// Reads a plugin's flat description, as `dkr_describe` writes it, from bytes that nobody vouches
/// for: what is not there throws `dataLoss`.
package struct FlatReader {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// Whether everything has been read.
  package var isAtEnd: Bool { rest.isEmpty }

  package mutating func u32() throws(DuikouError) -> UInt32 {
    try take(4).enumerated().reduce(0) { $0 | UInt32($1.element) << (8 * UInt32($1.offset)) }
  }

  package mutating func i64() throws(DuikouError) -> Int64 {
    let bits = try take(8).enumerated().reduce(0 as UInt64) {
      $0 | UInt64($1.element) << (8 * UInt64($1.offset))
    }
    return Int64(bitPattern: bits)
  }

  /// A string, repaired where it is not UTF-8; nil for NULL.
  package mutating func string() throws(DuikouError) -> String? {
    let length = try u32()
    guard length != .max else { return nil }
    return String(decoding: try take(Int(length)), as: UTF8.self)
  }

  /// An array: its count, then what `element` reads that many times.
  package mutating func list<Element>(
    _ element: (inout FlatReader) throws(DuikouError) -> Element
  ) throws(DuikouError) -> [Element] {
    let count = try u32()
    var elements: [Element] = []
    // Each element takes bytes, so a count that lies runs out of them.
    for _ in 0..<count { elements.append(try element(&self)) }
    return elements
  }

  private mutating func take(_ count: Int) throws(DuikouError) -> ArraySlice<UInt8> {
    guard count <= rest.count else {
      throw DuikouError(.dataLoss, "the plugin's description ends in the middle")
    }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
