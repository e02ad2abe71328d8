/// The words of the ELF note: see `DK_NOTE` in `duikou/plugin.h`.
struct PluginNoteWords {
  let words: [UInt32]

  init(id: String, version: String) {
    let contents = [1, 0, 0, 0] + Array(id.utf8) + [0] + Array(version.utf8) + [0]
    let owner = Array("Duikou".utf8) + [0, 0]
    words = [7, UInt32(contents.count), 1] + Self.words(of: owner) + Self.words(of: contents)
  }

  private static func words(of bytes: [UInt8]) -> [UInt32] {
    let padded = bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    return stride(from: 0, to: padded.count, by: 4).map { at in
      padded[at..<at + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
  }
}
