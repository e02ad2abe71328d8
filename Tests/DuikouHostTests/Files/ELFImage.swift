import Foundation

/// A small shared library's file, made piece by piece: a header, a segment of code, a segment of notes and
/// a table of sections.
struct ELFImage {
  /// A note; its contents may be anything.
  struct Note {
    var owner = Array("Duikou\0".utf8)
    var type: UInt32 = 1
    var contents: [UInt8]

    /// What `DK_NOTE` makes.
    static func plugin(_ id: String, _ version: String, major: UInt8 = 1, tail: [UInt8] = [])
      -> Note
    {
      Note(contents: [major, 0, 0, 0] + Array(id.utf8) + [0] + Array(version.utf8) + [0] + tail)
    }

    /// What linkers make.
    static let buildID = Note(owner: Array("GNU\0".utf8), type: 3, contents: Array(0..<20))

    var bytes: [UInt8] {
      ELFImage.number(UInt32(owner.count)) + ELFImage.number(UInt32(contents.count))
        + ELFImage.number(type) + ELFImage.padded(owner) + ELFImage.padded(contents)
    }
  }

  #if arch(x86_64)
  static let machine: UInt16 = 62
  #elseif arch(arm64)
  static let machine: UInt16 = 183
  #endif

  var notes: [Note] = [.buildID, .plugin("cn.example.stays", "1.2.0")]
  var machine = ELFImage.machine
  var kind: UInt16 = 3
  /// Bytes written over the finished image, by their offsets.
  var changes: [Int: [UInt8]] = [:]

  static let segmentsOffset = 64
  static let notesOffset = 64 + 2 * 56

  var bytes: Data {
    let notes = notes.flatMap(\.bytes)
    let code = [UInt8](repeating: 0xc3, count: 40)
    let sections = Self.notesOffset + notes.count + code.count
    var image = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
    image += Self.number(kind) + Self.number(machine) + Self.number(UInt32(1))
    image += Self.number(UInt64(0)) + Self.number(UInt64(Self.segmentsOffset))
    image += Self.number(UInt64(sections)) + Self.number(UInt32(0)) + Self.number(UInt16(64))
    image += Self.number(UInt16(56)) + Self.number(UInt16(2))
    image += Self.number(UInt16(64)) + Self.number(UInt16(3)) + Self.number(UInt16(0))
    image += Self.segment(type: 4, offset: Self.notesOffset, size: notes.count)
    image += Self.segment(type: 1, offset: Self.notesOffset + notes.count, size: code.count)
    image += notes + code + [UInt8](repeating: 0, count: 3 * 64)
    for (offset, bytes) in changes {
      image.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
    return Data(image)
  }

  private static func segment(type: UInt32, offset: Int, size: Int) -> [UInt8] {
    number(type) + number(UInt32(4)) + number(UInt64(offset)) + number(UInt64(offset))
      + number(UInt64(offset)) + number(UInt64(size)) + number(UInt64(size)) + number(UInt64(4))
  }

  static func number(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }

  fileprivate static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }
}
