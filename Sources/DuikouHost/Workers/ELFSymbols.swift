import Foundation

/// The functions of an ELF file by their place, to name where a plugin crashed.
///
/// Reads files that nobody vouches for: whatever does not lie within the file is not there.
struct ELFSymbols: Sendable {
  private let file: Data

  /// Takes a file's bytes, which may be mapped: they are looked through once for each question.
  init(_ file: Data) { self.file = file }

  /// The function at an offset and how far into it that is, such as `parse+24`; nil where there is
  /// none. Looks into `.symtab`, or into `.dynsym` where that was stripped.
  func name(at offset: UInt64) -> String? {
    file.withUnsafeBytes { bytes in
      let reader = ELFReader(bytes: bytes)
      guard let (table, strings) = reader.symbols, let found = reader.symbol(at: offset, in: table),
        offset - found.start < max(found.size, 1),
        let name = reader.string(strings.offset &+ found.name, limit: 512)
      else { return nil }
      return offset == found.start ? name : "\(name)+\(offset - found.start)"
    }
  }
}

/// Numbers, section headers and symbols of a 64-bit little-endian ELF file.
private struct ELFReader {
  struct Section {
    var type: UInt64
    var offset: UInt64
    var size: UInt64
    var link: UInt64
    var entrySize: UInt64
  }

  struct Symbol {
    /// Bytes from the start of the names.
    var name: UInt64
    var start: UInt64
    var size: UInt64
  }

  let bytes: UnsafeRawBufferPointer

  private static let mostSymbols: UInt64 = 1 << 20

  /// The table of symbols, and that of their names.
  var symbols: (table: Section, names: Section)? {
    let sections = sections
    let table = sections.first { $0.type == 2 } ?? sections.first { $0.type == 11 }
    guard let table, table.entrySize >= 24, table.link < UInt64(sections.count) else { return nil }
    return (table, sections[Int(table.link)])
  }

  /// The function that begins last of those at or before an offset.
  func symbol(at offset: UInt64, in table: Section) -> Symbol? {
    var best: Symbol?
    for index in 0..<min(table.size / table.entrySize, Self.mostSymbols) {
      let at = table.offset &+ index &* table.entrySize
      guard let name = number(at, 4), let info = number(at &+ 4, 1),
        let start = number(at &+ 8, 8), let size = number(at &+ 16, 8)
      else { break }
      guard info & 0xf == 2, start > 0, start <= offset, start > best?.start ?? 0 else { continue }
      best = Symbol(name: name, start: start, size: size)
    }
    return best
  }

  private var sections: [Section] {
    guard let offset = number(40, 8), let size = number(58, 2), let count = number(60, 2),
      size >= 64
    else { return [] }
    return (0..<count).compactMap { index in
      let at = offset &+ index &* size
      guard let type = number(at &+ 4, 4), let offset = number(at &+ 24, 8),
        let length = number(at &+ 32, 8), let link = number(at &+ 40, 4),
        let entrySize = number(at &+ 56, 8)
      else { return nil }
      return Section(type: type, offset: offset, size: length, link: link, entrySize: entrySize)
    }
  }

  private func number(_ offset: UInt64, _ width: Int) -> UInt64? {
    guard offset < UInt64(bytes.count), UInt64(width) <= UInt64(bytes.count) - offset else {
      return nil
    }
    return (0..<width).reduce(0) { $0 | UInt64(bytes[Int(offset) + $1]) << UInt64(8 * $1) }
  }

  func string(_ offset: UInt64, limit: Int) -> String? {
    guard offset < UInt64(bytes.count) else { return nil }
    let text = bytes[Int(offset)...].prefix(limit).prefix { $0 != 0 }
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }
}
