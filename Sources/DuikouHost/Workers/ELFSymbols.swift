import Foundation

/// The functions of an ELF file by their place, to name where a plugin crashed.
///
/// Reads files that nobody vouches for: whatever does not lie within the file is not there.
struct ELFSymbols: Sendable {
  private struct Function: Sendable {
    var start: UInt64
    var size: UInt64
    var name: String
  }

  /// By start.
  private let functions: [Function]

  /// Reads `.symtab`, or `.dynsym` where that was stripped.
  init(_ file: Data) {
    let reader = ELFReader(file)
    let sections = reader.sections
    let table = sections.first { $0.type == 2 } ?? sections.first { $0.type == 11 }
    guard let table, table.entrySize >= 24, Int(table.link) < sections.count else {
      functions = []
      return
    }
    let strings = sections[Int(table.link)]
    let count = min(table.size / table.entrySize, 1 << 20)
    functions = (0..<count).compactMap { index -> Function? in
      let at = table.offset &+ index &* table.entrySize
      guard let info = reader.number(at &+ 4, 1), info & 0xf == 2,
        let name = reader.number(at, 4), let start = reader.number(at &+ 8, 8),
        let size = reader.number(at &+ 16, 8), start > 0,
        let text = reader.string(strings.offset &+ name, limit: 512)
      else { return nil }
      return Function(start: start, size: size, name: text)
    }
    .sorted { $0.start < $1.start }
  }

  /// The function at an offset and how far into it that is, such as `parse+24`; nil where there is
  /// none.
  func name(at offset: UInt64) -> String? {
    var low = 0
    var high = functions.count
    while low < high {
      let middle = low + (high - low) / 2
      if functions[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let function = functions[low - 1]
    let distance = offset - function.start
    guard distance < max(function.size, 1) else { return nil }
    return distance == 0 ? function.name : "\(function.name)+\(distance)"
  }
}

/// Numbers and section headers of a 64-bit little-endian ELF file.
private struct ELFReader {
  struct Section {
    var type: UInt64
    var offset: UInt64
    var size: UInt64
    var link: UInt64
    var entrySize: UInt64
  }

  private let bytes: Data

  init(_ file: Data) { bytes = file }

  var sections: [Section] {
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

  func number(_ offset: UInt64, _ width: Int) -> UInt64? {
    guard offset < UInt64(bytes.count), UInt64(width) <= UInt64(bytes.count) - offset else {
      return nil
    }
    let start = bytes.startIndex + Int(offset)
    return (0..<width).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
  }

  func string(_ offset: UInt64, limit: Int) -> String? {
    guard offset < UInt64(bytes.count) else { return nil }
    let start = bytes.startIndex + Int(offset)
    let text = bytes[start...].prefix(limit).prefix { $0 != 0 }
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }
}
