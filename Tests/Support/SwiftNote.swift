/// The note of a plugin that is written in Swift over the header alone.
public enum SwiftNote {
  /// The declaration of a constant in the note's section, with what `DK_NOTE` puts there.
  public static func declaration(id: String, version: String) -> String {
    let contents = [1, 0, 0, 0] + Array(id.utf8) + [0] + Array(version.utf8) + [0]
    let bytes = Array("Duikou\0\0".utf8) + contents
    let padded = bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    let words =
      [7, UInt32(contents.count), 1]
      + stride(from: 0, to: padded.count, by: 4).map { at in
        padded[at..<at + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
      }
    let types = words.map { _ in "UInt32" }.joined(separator: ", ")
    return """
      @section(".note.duikou") @used
      private let note: (\(types)) = (\(words.map(String.init).joined(separator: ", ")))

      """
  }
}
