/// Reads corpora with a character and its tag on each line.
///
/// Tags are O, and B-, I-, E-, S- or M- with a type. A name that goes on without having begun, as some
/// corpora write it, begins there.
enum BIOReader {
  /// Reads lines of UTF-8 without their ends. Throws what is wrong with the first that is.
  static func read(_ lines: [ArraySlice<UInt8>]) throws(CorpusError) -> [LabeledSentence] {
    var sentences: [LabeledSentence] = []
    var sentence = Sentence()
    for (index, line) in lines.enumerated() {
      let cells = line.split { $0 == 0x20 || $0 == 0x09 }
      if cells.isEmpty {
        sentence.end(into: &sentences)
      } else {
        try sentence.add(cells, line: index + 1)
      }
    }
    sentence.end(into: &sentences)
    return sentences
  }

  /// A sentence of which some lines are read.
  private struct Sentence {
    var characters: [UInt32] = []
    var names: [LabeledSentence.Name] = []
    /// Where the name that goes on began, and its type.
    var open: (start: Int, type: String)?

    mutating func add(_ cells: [ArraySlice<UInt8>], line: Int) throws(CorpusError) {
      guard cells.count == 2 else {
        throw CorpusError(
          line: line,
          reason:
            "expects a character, a blank and a tag such as B-person, not \(cells.count) words")
      }
      guard let text = String(validating: cells[0], as: UTF8.self) else {
        throw CorpusError(line: line, reason: "is not UTF-8: save the corpus as UTF-8")
      }
      guard let character = text.unicodeScalars.first, text.unicodeScalars.count == 1
      else {
        throw CorpusError(
          line: line,
          reason: "expects one character in front of the tag; give each a line of its own")
      }
      let tag = try Tag(cells[1], line: line)
      let at = characters.count
      characters.append(character.value)
      if tag.begins || open?.type != tag.type { close(at: at) }
      if let type = tag.type, open == nil { open = (at, type) }
      if tag.ends { close(at: at + 1) }
    }

    mutating func close(at end: Int) {
      if let open { names.append(.init(range: open.start..<end, type: open.type)) }
      open = nil
    }

    mutating func end(into sentences: inout [LabeledSentence]) {
      close(at: characters.count)
      if !characters.isEmpty {
        sentences.append(LabeledSentence(characters: characters, names: names))
      }
      self = Sentence()
    }
  }

  /// A tag as it is written.
  private struct Tag {
    /// Nil for O.
    let type: String?
    let begins: Bool
    let ends: Bool

    init(_ bytes: ArraySlice<UInt8>, line: Int) throws(CorpusError) {
      let text = String(decoding: bytes, as: UTF8.self)
      guard text != "O" else {
        (type, begins, ends) = (nil, true, true)
        return
      }
      let kind = text.first ?? " "
      let name = text.dropFirst(2)
      guard "BIESM".contains(kind), text.dropFirst().first == "-", !name.isEmpty else {
        throw CorpusError(
          line: line,
          reason:
            "expects O, or B-, I-, E- or S- with a type, such as B-person, not \(text.prefix(32))")
      }
      try TypeName.check(name, line: line)
      (type, begins, ends) = (String(name), kind == "B" || kind == "S", kind == "E" || kind == "S")
    }
  }
}
