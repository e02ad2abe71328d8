/// Reads protobuf's wire format from bytes that nobody vouches for.
///
/// Everything is checked against the end; a flaw is thrown with its place.
struct WireReader {
  /// What is wrong with a message.
  struct Flaw: Error {
    var reason: StaticString
    /// Bytes from the start of the outermost message.
    var offset: Int
    /// Whether nothing is wrong but that it holds more than is taken.
    var isTooLarge = false
  }

  /// How a field's value is written, with the numbers of the wire format.
  enum WireType: UInt8 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case startGroup = 3
    case endGroup = 4
    case fixed32 = 5
  }

  struct Tag {
    var number: UInt32
    var type: WireType
  }

  private let base: UnsafeRawPointer
  private(set) var at: Int
  let end: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    self.init(base: bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 8)!, at: 0, end: bytes.count)
  }

  private init(base: UnsafeRawPointer, at: Int, end: Int) {
    self.base = base
    self.at = at
    self.end = end
  }

  var isAtEnd: Bool { at == end }

  /// The bytes that have not been read.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base + at, count: end - at) }

  @inline(__always)
  mutating func varint() throws(Flaw) -> UInt64 {
    guard at < end else { throw ended }
    let first = base.load(fromByteOffset: at, as: UInt8.self)
    if first < 0x80 {
      at += 1
      return UInt64(first)
    }
    return try longVarint()
  }

  private mutating func longVarint() throws(Flaw) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 70 {
      guard at < end else { throw ended }
      let byte = base.load(fromByteOffset: at, as: UInt8.self)
      at += 1
      // Of the tenth byte one bit fits.
      if shift == 63, byte > 1 { break }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Flaw(reason: "a number has more than 64 bits", offset: at)
  }

  /// What a tag says that was read as a number from `start` on.
  func tag(_ value: UInt64, from start: Int) throws(Flaw) -> Tag {
    guard value <= UInt64(UInt32.max), value >> 3 != 0,
      let type = WireType(rawValue: UInt8(value & 7))
    else { throw Flaw(reason: "a field's tag is not one", offset: start) }
    return Tag(number: UInt32(value >> 3), type: type)
  }

  mutating func tag() throws(Flaw) -> Tag {
    let start = at
    return try tag(try varint(), from: start)
  }

  mutating func fixed64() throws(Flaw) -> UInt64 {
    guard end - at >= 8 else { throw ended }
    defer { at += 8 }
    return base.loadUnaligned(fromByteOffset: at, as: UInt64.self)
  }

  mutating func fixed32() throws(Flaw) -> UInt32 {
    guard end - at >= 4 else { throw ended }
    defer { at += 4 }
    return base.loadUnaligned(fromByteOffset: at, as: UInt32.self)
  }

  /// The bytes of a string, of bytes, or of a message, in place.
  @inline(__always)
  mutating func bytes() throws(Flaw) -> UnsafeRawBufferPointer {
    let length = try varint()
    guard length <= UInt64(end - at) else { throw ended }
    defer { at += Int(length) }
    return UnsafeRawBufferPointer(start: base + at, count: Int(length))
  }

  /// A reader of the message that begins here.
  @inline(__always)
  mutating func message() throws(Flaw) -> WireReader {
    let length = try varint()
    guard length <= UInt64(end - at) else { throw ended }
    defer { at += Int(length) }
    return WireReader(base: base, at: at, end: at + Int(length))
  }

  /// A reader of the group that began with `tag`.
  mutating func group(_ tag: Tag) throws(Flaw) -> WireReader {
    let start = at
    while true {
      let end = at
      let inner = try self.tag()
      if inner.type == .endGroup, inner.number == tag.number {
        return WireReader(base: base, at: start, end: end)
      }
      try skip(inner)
    }
  }

  /// Passes over a value that nobody knows. Groups may lie in one another `depth` deep.
  mutating func skip(_ tag: Tag, depth: Int = 100) throws(Flaw) {
    switch tag.type {
    case .varint: _ = try varint()
    case .fixed64: try advance(8)
    case .fixed32: try advance(4)
    case .lengthDelimited: _ = try bytes()
    case .startGroup:
      guard depth > 0 else { throw Flaw(reason: "groups lie too deep in one another", offset: at) }
      while true {
        let inner = try self.tag()
        if inner.type == .endGroup {
          guard inner.number == tag.number else { break }
          return
        }
        try skip(inner, depth: depth - 1)
      }
      throw Flaw(reason: "a group ends that has not begun", offset: at)
    case .endGroup: throw Flaw(reason: "a group ends that has not begun", offset: at)
    }
  }

  private mutating func advance(_ count: Int) throws(Flaw) {
    guard end - at >= count else { throw ended }
    at += count
  }

  private var ended: Flaw { Flaw(reason: "it ends in the middle of a field", offset: at) }
}
