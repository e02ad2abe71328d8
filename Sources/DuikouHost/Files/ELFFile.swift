import DuikouModel
import Foundation

/// A shared library's file, as far as its own tables tell without running it (System V ABI, chapter 4
/// and 5). Whatever the bytes say, nothing outside of them is read, and no more than a bounded part.
struct ELFFile: Sendable {
  /// One note: whose it is, its type, and its contents as a range of the file's bytes.
  struct Note: Sendable {
    var owner: Range<Int>
    var type: UInt32
    var contents: Range<Int>
  }

  let bytes: Data
  /// Program headers, each of 56 bytes.
  private let segments: Range<Int>

  private static let headerSize = 64
  private static let segmentSize = 56
  private static let sectionSize = 64
  /// More of each than any linker makes.
  private static let mostSegments = 256
  private static let mostNotes = 256
  /// Bytes of notes in one segment that are looked at.
  private static let longestNotes = 64 << 10

  /// Looks at the header. Throws `invalidArgument` with a sentence when the bytes do not begin a 64-bit
  /// shared library for this machine's processor.
  init(_ bytes: Data) throws(DuikouError) {
    self.bytes = bytes
    guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]), bytes.count >= 16 else {
      throw DuikouError(
        .invalidArgument, "not a shared library: it does not begin as an ELF file does")
    }
    guard Self.u8(bytes, 4) == 2, Self.u8(bytes, 5) == 1 else {
      throw DuikouError(.invalidArgument, "not a 64-bit little-endian library")
    }
    guard bytes.count >= Self.headerSize else {
      segments = 0..<0
      return
    }
    guard Self.u16(bytes, 16) == 3 else {
      throw DuikouError(.invalidArgument, "not a shared library: link it with -shared")
    }
    let machine = Self.u16(bytes, 18)
    guard machine == Self.machine else {
      throw DuikouError(
        .invalidArgument, "a library for another processor (ELF machine \(machine ?? 0))")
    }
    let count = Int(Self.u16(bytes, 56) ?? 0)
    guard Int(Self.u16(bytes, 54) ?? 0) == Self.segmentSize,
      (1...Self.mostSegments).contains(count),
      let start = Self.u64(bytes, 32).flatMap(Int.init(exactly:)),
      let end = Self.sum(start, count * Self.segmentSize)
    else { throw DuikouError(.invalidArgument, "its program headers cannot be right") }
    segments = start..<end
  }

  /// Why the file cannot be whole: it ends before what its tables name. Nil where it may be.
  var tear: DuikouError? {
    guard let length, length <= bytes.count else {
      return DuikouError(
        .unavailable,
        "it ends before its own tables do: it is still being copied, or was cut off; copy it again")
    }
    return nil
  }

  /// How many bytes the file has, as its tables say; nil where they are not all there.
  private var length: Int? {
    guard bytes.count >= Self.headerSize, segments.upperBound <= bytes.count else { return nil }
    var length = segments.upperBound
    for segment in segmentStarts {
      guard Self.u32(bytes, segment) == Self.load || Self.u32(bytes, segment) == Self.note else {
        continue
      }
      // What cannot be a place in a file never comes: nobody waits for it.
      guard let end = range(of: segment)?.upperBound else { continue }
      length = max(length, end)
    }
    guard let start = Self.u64(bytes, 40).flatMap(Int.init(exactly:)), start > 0 else {
      return length
    }
    let count = Int(Self.u16(bytes, 60) ?? 0)
    guard Int(Self.u16(bytes, 58) ?? 0) == Self.sectionSize,
      let end = Self.sum(start, count * Self.sectionSize)
    else { return length }
    return max(length, end)
  }

  private static let load: UInt32 = 1
  private static let note: UInt32 = 4

  private var segmentStarts: StrideTo<Int> {
    stride(from: segments.lowerBound, to: segments.upperBound, by: Self.segmentSize)
  }

  /// Where a segment lies in the file; nil where that overflows.
  private func range(of segment: Int) -> Range<Int>? {
    guard let start = Self.u64(bytes, segment + 8).flatMap(Int.init(exactly:)),
      let size = Self.u64(bytes, segment + 32).flatMap(Int.init(exactly:)),
      let end = Self.sum(start, size)
    else { return nil }
    return start..<end
  }

  /// The notes of the file, those that cannot be right left out with all behind them.
  var notes: [Note] {
    var notes: [Note] = []
    guard segments.upperBound <= bytes.count else { return [] }
    for segment in segmentStarts where Self.u32(bytes, segment) == Self.note {
      guard let range = range(of: segment), range.upperBound <= bytes.count else { continue }
      var at = range.lowerBound
      let end = min(range.upperBound, range.lowerBound + Self.longestNotes)
      while notes.count < Self.mostNotes, let (note, next) = note(at: at, before: end) {
        notes.append(note)
        at = next
      }
    }
    return notes
  }

  /// A note, and where the next one begins.
  private func note(at start: Int, before end: Int) -> (Note, Int)? {
    guard end - start >= 12, let ownerSize = Self.u32(bytes, start),
      let size = Self.u32(bytes, start + 4), let type = Self.u32(bytes, start + 8)
    else { return nil }
    let owner = start + 12
    // Both are below 4 GiB each: no sum overflows.
    let contents = owner + Self.padded(Int(ownerSize))
    guard contents + Int(size) <= end else { return nil }
    return (
      Note(
        owner: owner..<owner + Int(ownerSize), type: type, contents: contents..<contents + Int(size)
      ),
      contents + Self.padded(Int(size))
    )
  }

  private static func padded(_ size: Int) -> Int { (size + 3) & ~3 }

  /// The bytes of a range that a note has given.
  subscript(range: Range<Int>) -> Data {
    bytes[bytes.startIndex + range.lowerBound..<bytes.startIndex + range.upperBound]
  }

  private static func sum(_ a: Int, _ b: Int) -> Int? {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? nil : sum
  }

  private static func u8(_ bytes: Data, _ at: Int) -> UInt8? { number(bytes, at) }
  private static func u16(_ bytes: Data, _ at: Int) -> UInt16? { number(bytes, at) }
  private static func u32(_ bytes: Data, _ at: Int) -> UInt32? { number(bytes, at) }
  private static func u64(_ bytes: Data, _ at: Int) -> UInt64? { number(bytes, at) }

  private static func number<Number: FixedWidthInteger>(_ bytes: Data, _ at: Int) -> Number? {
    let size = MemoryLayout<Number>.size
    guard at >= 0, at <= bytes.count - size else { return nil }
    return bytes.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: Number.self))
    }
  }

  #if arch(x86_64)
  private static let machine: UInt16 = 62
  #elseif arch(arm64)
  private static let machine: UInt16 = 183
  #endif
}
